using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Verification.Server.Access;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

public sealed class SchemesTests
{
    [Theory]
    [InlineData("Bearer a.b.c", true, "Token")]
    [InlineData("bearer a.b.c", true, "Token")]
    [InlineData("Bearer a.b.c", false, "ApiKey")]
    [InlineData("Bearer a.b", true, "ApiKey")]
    [InlineData("Bearer a.b.c.d", true, "ApiKey")]
    [InlineData("Bearer key", true, "ApiKey")]
    [InlineData("Basic a.b.c", true, "ApiKey")]
    [InlineData(null, true, "ApiKey")]
    public void For_WhatWasSent_PicksTheScheme(string? header, bool tokens, string expected) =>
        Assert.Equal(expected, Schemes.For(Context(header, certificate: false), tokens, certificates: true));

    [Theory]
    [InlineData(null, true, true, "Certificate")]
    [InlineData(null, true, false, "ApiKey")]
    [InlineData(null, false, true, "ApiKey")]
    [InlineData("Bearer key", true, true, "ApiKey")]
    [InlineData("Basic key", true, true, "ApiKey")]
    public void For_ClientCertificate_OnlyWhereNothingElseWasSent(string? header, bool certificate, bool certificates, string expected) =>
        Assert.Equal(expected, Schemes.For(Context(header, certificate), tokens: true, certificates));

    [Theory]
    [InlineData("Bearer key", "key")]
    [InlineData("bEARER  key ", "key")]
    [InlineData("Bearer ", "")]
    [InlineData("Bearer", null)]
    [InlineData("Bearerkey", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void BearerOf_OneHeader_IsWhatFollows(string? header, string? expected) =>
        Assert.Equal(expected, Schemes.BearerOf(Context(header, certificate: false).Request));

    [Fact]
    public void BearerOf_SeveralHeaders_IsNone()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = new StringValues(["Bearer one", "Bearer two"]);

        Assert.Null(Schemes.BearerOf(context.Request));
    }

    private static DefaultHttpContext Context(string? header, bool certificate)
    {
        var context = new DefaultHttpContext();
        if (header is not null)
        {
            context.Request.Headers.Authorization = header;
        }

        if (certificate)
        {
            using var authority = new TestCertificates("authority");
            context.Connection.ClientCertificate = authority.Issue("client.example");
        }

        return context;
    }
}
