using System.Diagnostics;

namespace Verification.Server.Tests.Faults;

/// <summary>A caller that calls on, one call after the other. A call that fails fails its test.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _calling;
    private List<double> _milliseconds = [];

    /// <summary>Begins.</summary>
    /// <param name="call">A call.</param>
    /// <param name="pause">Between a call's answer and the next.</param>
    public Load(Func<Task> call, TimeSpan pause = default) => _calling = CallAsync(call, pause);

    /// <summary>How long the calls took since this was last asked.</summary>
    public List<double> Take()
    {
        if (_calling.IsFaulted)
        {
            _calling.GetAwaiter().GetResult();
        }

        lock (_lock)
        {
            (var taken, _milliseconds) = (_milliseconds, []);
            return taken;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _calling;
        _stop.Dispose();
    }

    private async Task CallAsync(Func<Task> call, TimeSpan pause)
    {
        while (!_stop.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            await call();
            lock (_lock)
            {
                _milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
