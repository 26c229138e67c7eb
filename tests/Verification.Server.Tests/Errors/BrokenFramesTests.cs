using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Errors;

/// <summary>
/// Requests that break gRPC's own framing, or ask for a call that there is not, as a client does that was written by hand: each is
/// answered with a reason of the contract, and the server goes on.
/// </summary>
public sealed class BrokenFramesTests
{
    private const string Verify = "permits.verification.v1.VerificationService/VerifyPermit";
    private const string Stream = "permits.verification.v1.VerificationService/StreamVerifyPermits";
    private const string Import = "permits.registry.v1.RegistryService/ImportEvents";

    private static readonly byte[] Good = Frame(new VerifyPermitRequest { PermitNumber = "BJ2024000017" });

    private static readonly byte[] Compressed = [1, .. Good.AsSpan(1)];

    private static readonly Dictionary<string, byte[]> Bodies = new()
    {
        ["no message"] = [],
        ["two messages"] = [.. Good, .. Good],
        ["half a header"] = Good[..3],
        ["half a message"] = Good[..^2],
        ["trailing bytes"] = [.. Good, 7],
        ["compressed without encoding"] = Compressed,
        ["flag that there is not"] = [2, .. Good.AsSpan(1)],
        ["more than a message may hold"] = [0, 0x7F, 0xFF, 0xFF, 0xFF, 1],
        ["more than any message may hold"] = [0, 0xFF, 0xFF, 0xFF, 0xFF, 1],
    };

    [Theory]
    [InlineData(Verify, "no message")]
    [InlineData(Verify, "two messages")]
    [InlineData(Verify, "half a header")]
    [InlineData(Verify, "half a message")]
    [InlineData(Verify, "trailing bytes")]
    [InlineData(Verify, "compressed without encoding")]
    [InlineData(Verify, "flag that there is not")]
    [InlineData(Stream, "half a header")]
    [InlineData(Stream, "half a message")]
    [InlineData(Stream, "compressed without encoding")]
    [InlineData(Stream, "flag that there is not")]
    [InlineData(Import, "half a header")]
    [InlineData(Import, "half a message")]
    [InlineData(Import, "compressed without encoding")]
    public async Task Call_BodyOfBrokenFrames_IsMalformedAndServerGoesOn(string method, string body)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await PostAsync(server, method, Bodies[body]);
        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED_MESSAGE"), (answer.Code, answer.Reason));

        Assert.Equal(PermitStatus.NotFound, (await server.VerdictAsync(Calls.Check("BJ2024000017"))).Status);
    }

    /// <summary>A length is four bytes without a sign, more than the framework can count.</summary>
    [Theory]
    [InlineData(Verify, "more than a message may hold")]
    [InlineData(Verify, "more than any message may hold")]
    [InlineData(Stream, "more than a message may hold")]
    [InlineData(Stream, "more than any message may hold")]
    [InlineData(Import, "more than any message may hold")]
    public async Task Call_LengthBeyondAll_IsTooLarge(string method, string body)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await PostAsync(server, method, Bodies[body]);

        Assert.Equal((StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE"), (answer.Code, answer.Reason));
    }

    [Theory]
    [InlineData(Verify)]
    [InlineData(Stream)]
    public async Task Call_DamagedCompression_IsMalformed(string method)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await PostAsync(server, method, Compressed, encoding: "gzip");

        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED_MESSAGE"), (answer.Code, answer.Reason));
    }

    [Theory]
    [InlineData("permits.verification.v1.VerificationService/VerifyPermits")]
    [InlineData("permits.verification.v2.VerificationService/VerifyPermit")]
    [InlineData("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    public async Task Call_OfAnotherName_IsUnknown(string method)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await PostAsync(server, method, Good);
        Assert.Equal((StatusCode.Unimplemented, "METHOD_UNKNOWN"), (answer.Code, answer.Reason));
    }

    [Theory]
    [InlineData(Verify)]
    [InlineData(Stream)]
    public async Task Call_UnknownEncoding_IsNotSupported(string method)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await PostAsync(server, method, Compressed, encoding: "snappy");
        Assert.Equal((StatusCode.Unimplemented, "ENCODING_UNKNOWN"), (answer.Code, answer.Reason));
    }

    private static byte[] Frame(IMessage message)
    {
        var bytes = message.ToByteArray();
        byte[] frame = [0, 0, 0, 0, 0, .. bytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        return frame;
    }

    private static async Task<(StatusCode Code, string? Reason)> PostAsync(
        TestServer server, string method, byte[] body, string? encoding = null)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/grpc") } },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", TestConsumers.Authority), TE = { new("trailers") } },
        };
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var details = ValueOf("grpc-status-details-bin");
        return (
            (StatusCode)int.Parse(ValueOf("grpc-status")!, CultureInfo.InvariantCulture),
            details is null ? null : RpcStatus.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='))).GetDetail<ErrorInfo>()!.Reason);

        string? ValueOf(string name) =>
            response.Headers.TryGetValues(name, out var early) || response.TrailingHeaders.TryGetValues(name, out early) ? early.Single() : null;
    }
}
