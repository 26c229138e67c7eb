using System.Diagnostics;
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

    private ServerProcess(Process process, string address)
    {
        _process = process;
        _channel = GrpcChannel.ForAddress(address);
        _client = new VerificationService.VerificationServiceClient(_channel);
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

    /// <summary>Asks so often and tells the server's CPU time for a check.</summary>
    /// <returns>Microseconds.</returns>
    public async Task<double> MeasureAsync(int checks)
    {
        _process.Refresh();
        var before = _process.TotalProcessorTime;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskAsync(checks / Callers)));
        _process.Refresh();
        return (_process.TotalProcessorTime - before).TotalMicroseconds / (checks / Callers * Callers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
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
}
