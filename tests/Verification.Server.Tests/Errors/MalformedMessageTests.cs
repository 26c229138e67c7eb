using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Errors;

/// <summary>Bytes that are no message of the contract, and messages too large, from a client that does not keep to it.</summary>
public sealed class MalformedMessageTests
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    // A string field that holds no UTF-8, and a tag that ends in the middle.
    private static readonly byte[][] Garbage = [[0x0A, 0x03, 0xFF, 0xFE, 0xFD], [0xFF, 0xFF]];

    [Fact]
    public async Task VerifyPermit_Garbage_IsMalformedAndServerGoesOn()
    {
        await using var server = await TestServer.StartAsync();

        foreach (var garbage in Garbage)
        {
            Assert.Equal((StatusCode.InvalidArgument, "MALFORMED_MESSAGE"), await Calls.ErrorOfAsync(() => UnaryAsync(server, garbage)));
        }

        Assert.Equal(PermitStatus.NotFound, (await server.VerdictAsync(Calls.Check("BJ2024000017"))).Status);
    }

    [Theory]
    [InlineData("permits.verification.v1.VerificationService", "StreamVerifyPermits")]
    [InlineData("permits.registry.v1.RegistryService", "ImportEvents")]
    public async Task Stream_Garbage_IsMalformedAndServerGoesOn(string service, string method)
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(
            (StatusCode.InvalidArgument, "MALFORMED_MESSAGE"),
            await Calls.ErrorOfAsync(() => StreamAsync(server, service, method, [0xFF, 0xFF])));
        Assert.Equal(PermitStatus.NotFound, (await server.VerdictAsync(Calls.Check("BJ2024000017"))).Status);
    }

    [Fact]
    public async Task Stream_MessageOfFiveMegabytes_IsTooLarge()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(
            (StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE"),
            await Calls.ErrorOfAsync(() => StreamAsync(
                server, "permits.registry.v1.RegistryService", "ImportEvents", new byte[5 << 20])));
    }

    private static Task<byte[]> UnaryAsync(TestServer server, byte[] message)
    {
        var method = new Method<byte[], byte[]>(
            MethodType.Unary, "permits.verification.v1.VerificationService", "VerifyPermit", Raw, Raw);
        return server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, message).ResponseAsync;
    }

    private static async Task StreamAsync(TestServer server, string service, string name, byte[] message)
    {
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, service, name, Raw, Raw);
        using var call = server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);
        var answer = call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        // The server may refuse the message before it has read all of it.
        await Task.WhenAny(call.RequestStream.WriteAsync(message));
        await answer;
    }
}
