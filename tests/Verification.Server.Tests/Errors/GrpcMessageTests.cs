using System.Text;
using CsCheck;
using Verification.Server.Errors;

namespace Verification.Server.Tests.Errors;

/// <summary>The encoding of <c>grpc-message</c>, read back by the rules of other languages' clients.</summary>
public sealed class GrpcMessageTests
{
    [Theory]
    [InlineData("Send the header 'authorization: Bearer <key>' with an API key.", "Send the header 'authorization: Bearer <key>' with an API key.")]
    [InlineData("50 % of ~", "50 %25 of ~")]
    [InlineData("未年检", "%E6%9C%AA%E5%B9%B4%E6%A3%80")]
    [InlineData("two\r\nlines\t\u007f", "two%0D%0Alines%09%7F")]
    [InlineData("", "")]
    public void Encode_WhatTheProtocolSays_IsEncodedAndNothingElse(string message, string expected) =>
        Assert.Equal(expected, GrpcMessage.Encode(message));

    /// <summary>grpc-js reads it by decodeURI, grpc-java and Go byte by byte: all take %XX of UTF-8 and leave the rest.</summary>
    [Fact]
    public void Encode_AnyText_ReadsBackTheSameAndIsVisibleAscii() =>
        Gen.String.Where(text => !text.EnumerateRunes().Contains(Rune.ReplacementChar)).Sample(text =>
        {
            var encoded = GrpcMessage.Encode(text);

            Assert.True(encoded.All(character => character is >= ' ' and <= '~'));
            Assert.Equal(text, Uri.UnescapeDataString(encoded));
        });
}
