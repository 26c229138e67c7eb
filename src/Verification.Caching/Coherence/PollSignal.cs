namespace Verification.Caching.Coherence;

/// <summary>Between those who want a poll and the one who polls.</summary>
internal sealed class PollSignal(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _wanted = New();
    private TaskCompletionSource? _next;

    /// <summary>Asks for a poll at once.</summary>
    public void Nudge()
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
        }
    }

    /// <summary>Asks for a poll at once, and ends with the end of one that begins after this call.</summary>
    public Task NextPollAsync()
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
            return (_next ??= New()).Task;
        }
    }

    /// <summary>Says that a poll begins: it serves all who asked so far.</summary>
    /// <returns>To be completed with the poll; null when nobody waits.</returns>
    public TaskCompletionSource? Begin()
    {
        lock (_lock)
        {
            if (_wanted.Task.IsCompleted)
            {
                _wanted = New();
            }

            var waiting = _next;
            _next = null;
            return waiting;
        }
    }

    /// <summary>Waits until a poll is asked for, at most as long as given.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task wanted;
        lock (_lock)
        {
            wanted = _wanted.Task;
        }

        await wanted.WaitAsync(atMost, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
