using System.Diagnostics;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;

namespace Verification.AccessCost;

/// <summary>A server in a process of its own, so that its CPU time is its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Callers = 8;

    private readonly Process _process;
    private readonly GrpcChannel _channel;
    private readonly VerificationService.VerificationServiceClient _client;
    private readonly HttpClient _http;
    private int _refused;

    private ServerProcess(Process process, string address)
    {
        _process = process;
        _channel = GrpcChannel.ForAddress(address);
        _client = new VerificationService.VerificationServiceClient(_channel);
        _http = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Starts one of the two.</summary>
    public static async Task<ServerProcess> StartAsync(string kind)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(kind);
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new ServerProcess(process, address);
    }

    /// <summary>Asks so often and tells the server's CPU time for an answer.</summary>
    /// <returns>Microseconds.</returns>
    public Task<double> MeasureAsync(int checks) => MeasureAsync(checks, AskAsync);

    /// <summary>Walks on through unknown numbers when their budget is used up, and tells the server's CPU time for a refusal.</summary>
    /// <returns>Microseconds.</returns>
    public Task<double> MeasureRefusalsAsync(int checks) => MeasureAsync(checks, WalkAsync);

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<double> MeasureAsync(int checks, Func<int, Task> callAsync)
    {
        _process.Refresh();
        var before = _process.TotalProcessorTime;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => callAsync(checks / Callers)));
        _process.Refresh();
        return (_process.TotalProcessorTime - before).TotalMicroseconds / (checks / Callers * Callers);
    }

    private async Task AskAsync(int checks)
    {
        var headers = new Metadata { { "authorization", $"Bearer {MeasuredServer.Key}" } };
        var request = new VerifyPermitRequest { PermitNumber = "BJ2024000017" };
        for (var i = 0; i < checks; i++)
        {
            var answer = await _client.VerifyPermitAsync(request, headers);
            if (answer.Verdict.Status == PermitStatus.NotFound)
            {
                throw new InvalidOperationException("The server gives another answer than the one measured.");
            }
        }
    }

    /// <summary>Walks without the gRPC client: its exceptions would slow the walk down, and a slower server batches less.</summary>
    private async Task WalkAsync(int checks)
    {
        var message = new VerifyPermitRequest { PermitNumber = "BJ2024000018" }.ToByteArray();
        byte[] frame = [0, 0, 0, 0, (byte)message.Length, .. message];
        for (var i = 0; i < checks; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "permits.verification.v1.VerificationService/VerifyPermit")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(frame),
            };
            request.Content.Headers.ContentType = new("application/grpc");
            request.Headers.Authorization = new("Bearer", MeasuredServer.WalkerKey);
            using var response = await _http.SendAsync(request);
            _refused += response.Headers.Contains("grpc-status") ? 1 : 0;
        }
    }
}
