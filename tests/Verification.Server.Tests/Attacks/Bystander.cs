using System.Diagnostics;
using Grpc.Net.Client;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Attacks;

/// <summary>A consumer that goes on asking, one call after the other, whatever others do. Any refused call fails its test.</summary>
internal sealed class Bystander : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly VerificationService.VerificationServiceClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _milliseconds = [];
    private readonly Task _asking;
    private int _answered;

    public Bystander(TestServer server, string key, string number)
    {
        _channel = server.Connect(key);
        _client = new VerificationService.VerificationServiceClient(_channel);
        _asking = AskAsync(number);
    }

    /// <summary>Waits for so many more answers and tells their latency.</summary>
    /// <returns>The percentile in milliseconds.</returns>
    public async Task<double> MeasureAsync(int answers, double percentile)
    {
        int start;
        lock (_milliseconds)
        {
            start = _milliseconds.Count;
        }

        while (Volatile.Read(ref _answered) < start + answers && !_asking.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        if (_asking.IsCompleted)
        {
            await _asking;
        }

        lock (_milliseconds)
        {
            var measured = _milliseconds.Skip(start).Take(answers).Order().ToArray();
            return measured[(int)(percentile * (measured.Length - 1))];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _channel.Dispose();
        _stop.Dispose();
    }

    private async Task AskAsync(string number)
    {
        while (!_stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            var verdict = (await _client.VerifyPermitAsync(Calls.Check(number))).Verdict;
            Assert.Equal(PermitStatus.Valid, verdict.Status);
            lock (_milliseconds)
            {
                _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            Interlocked.Increment(ref _answered);
        }
    }
}
