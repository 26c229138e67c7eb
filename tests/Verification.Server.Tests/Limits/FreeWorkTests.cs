using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Limits;

/// <summary>What is refused for its size or form is paid for, and nothing beyond a message's bounds is parsed.</summary>
public sealed class FreeWorkTests
{
    private const string Number = "BJ2024000017";
    private const int AsManyAsFit = 520_000;

    private const string Service = "permits.verification.v1.VerificationService";

    private static readonly byte[] NumberField = new VerifyPermitRequest { PermitNumber = Number }.ToByteArray();

    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    [Fact]
    public async Task Batch_OfAMegabyteOfEmptyChecks_IsRefusedForItsSizeAndCostsABatch()
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_BATCH_SIZE"), await BatchAsync(channel, EmptyChecks(AsManyAsFit)));
        Assert.Equal((StatusCode.ResourceExhausted, "RATE_EXCEEDED"), await BatchAsync(channel, EmptyChecks(AsManyAsFit)));
    }

    [Fact]
    public async Task Stream_OfAMegabyteOfEmptyChecks_IsRefusedWithItsSequenceAndCostsABatch()
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");
        var batch = EmptyChecks(AsManyAsFit);
        var message = Join([0x12], Length(batch.Length), batch, [0x08, 0x2A]);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, Service, "StreamVerifyPermits", Raw, Raw);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);

        foreach (var reason in (string[])["INVALID_BATCH_SIZE", "RATE_EXCEEDED"])
        {
            await call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            var answer = StreamVerifyPermitsResponse.Parser.ParseFrom(call.ResponseStream.Current);
            Assert.Equal(42, answer.Sequence);
            Assert.Equal(reason, answer.Error.GetDetail<ErrorInfo>()!.Reason);
        }
    }

    [Theory]
    [InlineData(19)]
    [InlineData(1_000_000)]
    public async Task Check_OfMoreEntitlementsThanThereAre_IsRefused(int entitlements)
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");

        foreach (var message in (byte[][])[Packed(entitlements), Unpacked(Math.Min(entitlements, 500_000))])
        {
            Assert.Equal((StatusCode.InvalidArgument, "TOO_MANY_VALUES"), await CallAsync(channel, "VerifyPermit", message));
        }
    }

    [Fact]
    public async Task Batch_OneItemOfManyEntitlements_FailsThatItemAlone()
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");
        var good = new VerifyPermitRequest { PermitNumber = Number }.ToByteArray();
        var bad = Packed(100_000);
        var method = new Method<byte[], byte[]>(MethodType.Unary, Service, "BatchVerifyPermits", Raw, Raw);
        var message = Join([0x0A], Length(bad.Length), bad, [0x0A], Length(good.Length), good);

        var answer = BatchVerifyPermitsResponse.Parser.ParseFrom(
            await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, message));

        Assert.Equal("TOO_MANY_VALUES", answer.Items[0].Error.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(PermitStatus.NotFound, answer.Items[1].Response.Verdict.Status);
    }

    /// <summary>Fields that the contract does not have, or one of its own over and over, in the message or in one inside it.</summary>
    [Theory]
    [InlineData(0x7A)]
    [InlineData(0x12)]
    public async Task Timeline_OfAMegabyteOfFields_IsNoMessage(byte field)
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");

        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED_MESSAGE"), await CallAsync(channel, "GetTimeline", Repeat([field, 0x00], AsManyAsFit)));
    }

    [Theory]
    [InlineData("BatchVerifyPermits", 1_000)]
    [InlineData("VerifyPermit", 1)]
    public async Task Call_OfNoMessage_CostsWhatTheLargestDoes(string method, int cost)
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");

        for (var taken = 0; taken < 1_000; taken += cost)
        {
            Assert.Equal((StatusCode.InvalidArgument, "MALFORMED_MESSAGE"), await CallAsync(channel, method, [0xFF, 0xFF]));
        }

        Assert.Equal((StatusCode.ResourceExhausted, "RATE_EXCEEDED"), await CallAsync(channel, "VerifyPermit", [0xFF, 0xFF]));
    }

    [Fact]
    public async Task Batch_LargerThanTheServerTakes_CostsWhatTheLargestDoes()
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");

        Assert.Equal((StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE"), await BatchAsync(channel, new byte[2 << 20]));
        Assert.Equal((StatusCode.ResourceExhausted, "RATE_EXCEEDED"), await CallAsync(channel, "VerifyPermit", [0xFF, 0xFF]));
    }

    [Fact]
    public async Task GetRulebook_WithoutEnd_CostsACheckEach()
    {
        await using var server = await StartAsync();
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);

        for (var i = 0; i < 1_000; i++)
        {
            await client.GetRulebookAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            (StatusCode.ResourceExhausted, "RATE_EXCEEDED"), await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new())));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        args: [.. TestConsumers.School("north", $"Keys:0:Sha256={TestConsumers.DigestOf("north")}", "Limits:CheckBurst=1000", "Limits:ChecksPerSecond=1")]);

    private static Task<(StatusCode, string)> BatchAsync(ChannelBase channel, byte[] message) => CallAsync(channel, "BatchVerifyPermits", message);

    private static Task<(StatusCode, string)> CallAsync(ChannelBase channel, string name, byte[] message) => Calls.ErrorOfAsync(async () =>
        await channel.CreateCallInvoker().AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, Service, name, Raw, Raw), null, default, message));

    private static byte[] EmptyChecks(int count) => Repeat([0x0A, 0x00], count);

    private static byte[] Packed(int entitlements) => Join(NumberField, [0x12], Length(entitlements), Repeat([0x01], entitlements));

    private static byte[] Unpacked(int entitlements) => Join(NumberField, Repeat([0x10, 0x01], entitlements));

    private static byte[] Repeat(byte[] bytes, int count) => [.. Enumerable.Repeat(bytes, count).SelectMany(it => it)];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        for (; length >= 0x80; length >>= 7)
        {
            bytes.Add((byte)(length | 0x80));
        }

        return [.. bytes, (byte)length];
    }
}
