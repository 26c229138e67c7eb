using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;

namespace Verification.EndToEnd.Tests;

/// <summary>What a caller can make the service do with one message that holds as much as it may: little. That it is paid for, Server's tests hold.</summary>
[Collection(MeasuresAlone.Name)]
[Trait("Category", "Attack")]
public sealed class FreeWorkCostTests(ITestOutputHelper output) : IDisposable
{
    private const int WarmUp = 100;
    private const int Calls = 200;
    private const string Service = "permits.verification.v1.VerificationService";

    // Promised for the service as it ships; without the compiler's optimisation the same work takes longer. It was half a second.
#if DEBUG
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(30);
#else
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(10);
#endif

    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Kinds => ["empty checks", "entitlements", "rulebook", "one check"];

    public void Dispose() => _folder.Dispose();

    /// <summary>The CPU time of the server's own process, whatever else the machine does; a check that is answered stands beside it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_OfAsMuchAsAMessageHolds_CostsLittle(string kind)
    {
        await using var server = await DemoServer.StartAsync(_folder.PathOf("data"));
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var (method, message) = kind switch
        {
            // A million bytes: a tag, and the length 0, of each check.
            "empty checks" => ("BatchVerifyPermits", (byte[])[.. Enumerable.Repeat((byte[])[0x0A, 0x00], 520_000).SelectMany(bytes => bytes)]),
            "entitlements" => ("VerifyPermit", Entitlements(server.ValidPermit, 1_000_000)),
            "rulebook" => ("GetRulebook", []),
            _ => ("VerifyPermit", new VerifyPermitRequest { PermitNumber = server.ValidPermit }.ToByteArray()),
        };
        await CallAsync(channel, method, message, WarmUp);

        var before = server.ProcessorTime;
        var (answered, reasons) = await CallAsync(channel, method, message, Calls);
        var each = (server.ProcessorTime - before) / Calls;

        output.WriteLine($"{kind}: {each.TotalMilliseconds:F2} ms of CPU a call, {answered} answered, {string.Join(", ", reasons)}");
        Assert.InRange(each, TimeSpan.Zero, Promised);
    }

    private static byte[] Entitlements(string permit, int count)
    {
        var (number, length) = (new VerifyPermitRequest { PermitNumber = permit }.ToByteArray(), new MemoryStream());
        using (var written = new CodedOutputStream(length))
        {
            written.WriteLength(count);
        }

        return [.. number, 0x12, .. length.ToArray(), .. Enumerable.Repeat((byte)0x01, count)];
    }

    private static async Task<(int Answered, SortedSet<string> Reasons)> CallAsync(GrpcChannel channel, string name, byte[] message, int times)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, Service, name, Raw, Raw);
        var headers = new Metadata { { "authorization", "Bearer demo-authority" } };
        var (answered, reasons) = (0, new SortedSet<string>());
        await Parallel.ForAsync(0, times, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) =>
        {
            try
            {
                await channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers, cancellationToken: token), message);
                Interlocked.Increment(ref answered);
            }
            catch (RpcException refusal)
            {
                lock (reasons)
                {
                    reasons.Add(refusal.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? refusal.Status.ToString());
                }
            }
        });
        return (answered, reasons);
    }
}
