using System.Diagnostics.CodeAnalysis;

namespace Verification.Caching.Loading;

/// <summary>One piece of work under way, and how many wait for it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer and a wait handle there is nothing to free, and the last to leave may come late.")]
internal sealed class Flight<TResult>
{
    private readonly TaskCompletionSource<TResult> _landing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _unwanted = new();
    private int _waiting;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Unwanted => _unwanted.Token;

    /// <summary>Counts one who waits. To be called before the wait, and <see cref="Leave"/> after it.</summary>
    public void Board() => Interlocked.Increment(ref _waiting);

    /// <summary>Counts one who waits no more.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _unwanted.Cancel();
        }
    }

    /// <summary>Waits for the result.</summary>
    public Task<TResult> WaitAsync(CancellationToken cancellationToken) => _landing.Task.WaitAsync(cancellationToken);

    public void Land(TResult result) => _landing.SetResult(result);

    public void Fail(Exception failure)
    {
        _landing.SetException(failure);
        _ = _landing.Task.Exception; // It is seen, also where every caller gave up.
    }
}
