using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>Traces go out by OTLP: with the caller's trace, through the tiers, and with no number in them.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Number = "BJ2024000017";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private readonly TempFolder _folder = new();
    private readonly HttpListener _collector = new();
    private readonly ConcurrentQueue<byte[]> _sent = [];
    private readonly string _address = $"http://127.0.0.1:{LoopbackPort.Free()}";

    public TraceTests()
    {
        _collector.Prefixes.Add($"{_address}/v1/traces/");
        _collector.Start();
        _ = Task.Run(CollectAsync);
    }

    public void Dispose()
    {
        _collector.Close();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Trace_OfACallerWhoTraces_GoesThroughTheTiersAndNamesNobody()
    {
        await using var node = await StartAsync();
        await NodeLoad.RecordAsync(node, [Number]);

        var answer = await node.Client.Verification.VerifyPermitAsync(
            new VerifyPermitRequest { PermitNumber = Number },
            new Metadata { { "traceparent", $"00-{Trace}-b7ad6b7169203331-01" } },
            cancellationToken: TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => HasSent(Convert.FromHexString(Trace)), $"The trace is not sent.\n{node.Log}");
        Assert.True(HasSent("load from registry"u8));
        Assert.True(HasSent(Encoding.ASCII.GetBytes(answer.Provenance.CheckId)));
        Assert.True(HasSent("/permits.verification.v1.VerificationService/VerifyPermit"u8));
        Assert.False(HasSent(Encoding.ASCII.GetBytes(Number)));
    }

    [Fact]
    public async Task Trace_OfACallWithNumbersWhereACallerMayWriteAny_NamesNobody()
    {
        await using var node = await StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(Number), new Uri(node.Http, $"/{Number}?{Number}"));
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", $"school={Number}");
        request.Headers.UserAgent.ParseAdd(Number);

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => HasSent(Convert.FromHexString(Trace)), "The trace is not sent.");
        Assert.False(HasSent(Encoding.ASCII.GetBytes(Number)));
    }

    [Fact]
    public async Task Trace_OfACallerWhoDoesNot_IsNotSentWhereNoRootsAre()
    {
        await using var node = await StartAsync();
        await NodeLoad.RecordAsync(node, [Number]);
        for (var i = 0; i < 50; i++)
        {
            await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = Number }, cancellationToken: TestContext.Current.CancellationToken);
        }

        await node.Client.Verification.VerifyPermitAsync(
            new VerifyPermitRequest { PermitNumber = Number },
            new Metadata { { "traceparent", $"00-{Trace}-b7ad6b7169203331-01" } },
            cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => HasSent(Convert.FromHexString(Trace)), "The trace is not sent.");

        Assert.False(HasSent("RecordEvent"u8));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Trace_OfACallerWhoDoesNot_IsSentWithTheTiersWhereAllRootsAre(string logFormat)
    {
        await using var node = await StartAsync(roots: 1_000, $"--Verification:Telemetry:LogFormat={logFormat}");
        await NodeLoad.RecordAsync(node, [Number]);

        await node.Client.Verification.VerifyPermitAsync(new() { PermitNumber = Number }, cancellationToken: TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => HasSent("load from registry"u8), "The trace is not sent.");
        Assert.True(HasSent("/permits.registry.v1.RegistryService/RecordEvent"u8));
        Assert.False(HasSent("/health/ready"u8));
        Assert.False(HasSent(Encoding.ASCII.GetBytes(Number)));
    }

    private Task<MeasuredNode> StartAsync(int roots = 0, params string[] more) => MeasuredNode.StartAsync(
        _folder.PathOf("node"),
        [$"--Verification:Telemetry:OtlpEndpoint={_address}",
        "--Verification:Telemetry:OtlpProtocol=http_protobuf",
        $"--Verification:Telemetry:RootTracesPerThousand={roots}",
        .. more]);

    private bool HasSent(ReadOnlySpan<byte> bytes)
    {
        foreach (var body in _sent)
        {
            if (body.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                var call = await _collector.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                _sent.Enqueue(body.ToArray());
                call.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            return;
        }
    }
}
