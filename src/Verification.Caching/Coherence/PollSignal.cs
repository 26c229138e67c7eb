namespace Verification.Caching.Coherence;

/// <summary>Between those who want a poll and the one who polls.</summary>
internal sealed class PollSignal(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _wanted = New();
    private TaskCompletionSource _insisted = New();
    private TaskCompletionSource? _next;
    private TaskCompletionSource? _sure;

    /// <summary>Asks for a poll at once.</summary>
    public void Nudge()
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
        }
    }

    /// <summary>Asks for a poll at once, and ends with the end of one that begins after this call.</summary>
    /// <param name="insist">Whether it must be tried, even when the one before it has just failed.</param>
    public Task NextPollAsync(bool insist)
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
            if (!insist)
            {
                return (_next ??= New()).Task;
            }

            _insisted.TrySetResult();
            return (_sure ??= New()).Task;
        }
    }

    /// <summary>Says that a poll begins: it serves all who asked so far.</summary>
    /// <returns>To be completed with the poll.</returns>
    public IReadOnlyList<TaskCompletionSource> Begin()
    {
        lock (_lock)
        {
            (_wanted, _insisted) = (Renewed(_wanted), Renewed(_insisted));
            TaskCompletionSource?[] waiting = [_next, _sure];
            (_next, _sure) = (null, null);
            return [.. waiting.OfType<TaskCompletionSource>()];
        }
    }

    /// <summary>Says that a poll failed, and that it may be a while until the next: only who insists waits for that.</summary>
    public void Fail(Exception failure)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            (waiting, _next) = (_next, null);
        }

        waiting?.TrySetException(failure);
    }

    /// <summary>Waits until a poll is asked for, at most as long as given.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => WaitAsync(ref _wanted, atMost, cancellationToken);

    /// <summary>Waits until somebody insists on a poll, at most as long as given.</summary>
    public Task WaitForInsistenceAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(ref _insisted, atMost, cancellationToken);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Renewed(TaskCompletionSource asked) => asked.Task.IsCompleted ? New() : asked;

    private Task WaitAsync(ref TaskCompletionSource asked, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task waiting;
        lock (_lock)
        {
            waiting = asked.Task;
        }

        return SilentlyAsync(waiting.WaitAsync(atMost, clock, cancellationToken));
    }

    private static async Task SilentlyAsync(Task waiting) => await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
