namespace Verification.Audit.Storing.Sqlite;

/// <summary>
/// Runs what blocks its thread, as every call of SQLite does, on threads of its own. Callers keep their deadlines whatever the disk does;
/// a hung one takes as many threads as there are turns, and no others.
/// </summary>
/// <param name="turns">How many may be at work at a time.</param>
internal sealed class BlockingCalls(int turns) : IAsyncDisposable
{
    /// <summary>How long the end waits for what is at work: longer than a disk that still answers takes.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // Not disposed of: a thread that hangs may still come back to it, and it holds nothing but memory.
    private readonly SemaphoreSlim _turns = new(turns, turns);
    private volatile bool _isClosed;

    /// <summary>Runs work.</summary>
    /// <param name="work">It runs to its end once begun.</param>
    /// <param name="cancellationToken">Ends the caller's wait, not the work.</param>
    /// <exception cref="AuditDatabaseException">It is closed.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (_isClosed)
        {
            throw new AuditDatabaseException("The audit database could not answer: it is closed.");
        }

        await _turns.WaitAsync(cancellationToken);
        var running = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = running.ContinueWith(
            ended =>
            {
                // Looked at here: where the caller has given up, nobody else will.
                _ = ended.Exception;
                _turns.Release();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return await running.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more work, and waits for what is at work.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        for (var turn = 0; turn < turns; turn++)
        {
            if (!await _turns.WaitAsync(Grace))
            {
                return;
            }
        }
    }
}
