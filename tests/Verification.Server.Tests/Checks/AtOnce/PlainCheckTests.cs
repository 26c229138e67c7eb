using CsCheck;
using Google.Protobuf;
using Permits.Verification.V1;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Checks;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Messages;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;

namespace Verification.Server.Tests.Checks.AtOnce;

public sealed class PlainCheckTests
{
    private static readonly CheckReader Reader = new(new IdentityDigester(new byte[32]));
    private static readonly DateOnly Today = new(2026, 3, 10);

    private static readonly Inquiry Inquiry = new(
        Guid.NewGuid(),
        AuditCall.Check,
        TestConsumers.Asker(ConsumerClass.School),
        TestServer.Now,
        new Day(Today, IsCertain: true, Today.AddYears(5)),
        RulebookLibrary.Embedded.On(Today));

    /// <summary>What is read plainly is what the reader of messages reads; and nothing well formed of this kind is left to it.</summary>
    [Fact]
    public void TryRead_AnyCheck_IsPlainWhereTheMessageIsGoodAndReadsTheSame()
    {
        var plain = 0;
        Gen.OneOf(SentMessages.ShortCheck, SentMessages.AnyCheck).Sample(
            request =>
            {
                var fields = new FieldReader();
                var expected = Reader.Read(request, Inquiry, fields);
                var isPlain = PlainCheck.TryRead(request.ToByteArray(), out var check);
                var isRead = isPlain & CheckReader.TryRead(check, Inquiry, out var read);
                if (isRead)
                {
                    Interlocked.Increment(ref plain);
                    Assert.False(fields.IsWrong, fields.Error?.Message);
                    Assert.Equal(expected with { Entitlements = default }, read with { Entitlements = default });
                    Assert.Equal(expected.Entitlements, read.Entitlements);
                }
                else if (IsShort(request))
                {
                    Assert.True(fields.IsWrong, request.ToString());
                }

                if (isPlain)
                {
                    var again = new FieldReader();
                    Assert.Equal(expected.Number, Reader.Read(check.ToMessage(), Inquiry, again).Number);
                    Assert.Equal(fields.Error, again.Error);
                }
            },
            iter: 20_000);

        Assert.InRange(plain, 1_000, 20_000);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x0A, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0x07, (byte)'B', (byte)'J', (byte)'2', (byte)'0', (byte)'2', (byte)'4' })]
    [InlineData(new byte[] { 0x0A, 0x86, 0x00, (byte)'B', (byte)'J', (byte)'2', (byte)'0', (byte)'2', (byte)'4' })]
    [InlineData(new byte[] { 0x0A, 0x06, (byte)'B', (byte)'J', (byte)'2', (byte)'0', (byte)'2', (byte)'4', 0x10, 0x01 })]
    public void TryRead_CutOrUnusualBytes_IsNotPlain(byte[] message) => Assert.False(PlainCheck.TryRead(message, out _));

    [Fact]
    public void TryRead_FieldTwice_IsLeftToTheParserWhichTakesTheLast()
    {
        byte[] twice = [.. Calls.Check("BJ2024000017").ToByteArray(), .. Calls.Check("BJ2024000018").ToByteArray()];

        Assert.False(PlainCheck.TryRead(twice, out _));
        Assert.Equal("BJ2024000018", VerifyPermitRequest.Parser.ParseFrom(twice).PermitNumber);
    }

    [Fact]
    public void TryRead_AskerWhoMustIdentify_IsNotReadPlainly()
    {
        var asker = TestConsumers.Asker(ConsumerClass.School);
        var strict = asker with { Decision = asker.Decision with { Consumer = asker.Decision.Consumer with { MustIdentify = true } } };

        Assert.True(PlainCheck.TryRead(Calls.Check("BJ2024000017").ToByteArray(), out var check));
        Assert.True(CheckReader.TryRead(check, Inquiry, out _));
        Assert.False(CheckReader.TryRead(check, Inquiry with { Asker = strict }, out _));
    }

    /// <summary>Whether a check holds nothing but what may be plain, and no more of it.</summary>
    private static bool IsShort(VerifyPermitRequest request) =>
        request is { Subject: null, Freshness: null, HasCardEdition: false }
        && request.Entitlements.Distinct().Count() <= sizeof(ulong)
        && request.PermitNumber.Length < 40;
}
