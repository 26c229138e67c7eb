using System.Collections.Concurrent;
using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>
/// A few threads of its own for what blocks its thread: every call of SQLite does, also those named async. So callers keep their
/// deadlines whatever the disk does, and a hung disk takes these threads and no others.
/// </summary>
/// <remarks>
/// Nothing is queued behind the threads: a caller waits for a turn first, and who gives up there leaves nothing behind. Memory is
/// bounded by the callers who wait, threads by <paramref name="count"/>.
/// </remarks>
/// <param name="name">What the threads are called.</param>
/// <param name="count">The most threads; each begins when there is work for it.</param>
/// <param name="clock">The clock of <see cref="CloseAsync"/>.</param>
internal sealed class SqliteThreads(string name, int count, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How long closing waits for what is at work: longer than a disk that still answers takes.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // None of these is disposed of: a thread that hangs may still come back to them, and they hold nothing but memory.
    private readonly SemaphoreSlim _turns = new(count, count);
    private readonly BlockingCollection<Action> _work = [];
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private volatile bool _closing;
    private Task<bool>? _closingTask;
    private int _threads;
    private int _busy;

    /// <summary>How many threads there are, 0 to the most that there may be.</summary>
    public int Count => Volatile.Read(ref _threads);

    /// <summary>Runs work on one of the threads.</summary>
    /// <param name="work">Blocks as it likes. It runs to its end once begun.</param>
    /// <param name="cancellationToken">Ends the caller's wait, not the work.</param>
    /// <exception cref="RegistryUnavailableException">The registry is closed.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (_closing)
        {
            throw Closed();
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        Task<T>? begun = null;
        try
        {
            await _turns.WaitAsync(ended.Token);
            begun = Begin(work);
            return await begun.WaitAsync(ended.Token);
        }
        catch (OperationCanceledException) when (begun is { IsCompleted: true })
        {
            // Done in the same moment: what was done is the answer.
            return await begun;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Closed();
        }
    }

    /// <summary>
    /// Takes no more work, and waits for what was taken on, as long as a disk that answers needs. Who still waits then is told that the
    /// registry is closed.
    /// </summary>
    /// <returns>Whether nothing is at work any more.</returns>
    public Task<bool> CloseAsync()
    {
        lock (_gate)
        {
            return _closingTask ??= CloseOnceAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync();

    private static RegistryUnavailableException Closed() => new("The registry could not answer: it is closed.");

    private async Task<bool> CloseOnceAsync()
    {
        _closing = true;
        using var grace = new CancellationTokenSource(Grace, clock);
        var idle = 0;
        try
        {
            for (; idle < count; idle++)
            {
                await _turns.WaitAsync(grace.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Something hangs; its thread ends with the process.
        }

        await _closed.CancelAsync();
        return idle == count;
    }

    /// <summary>Hands work to a thread. The caller has taken a turn; the work gives it back.</summary>
    private Task<T> Begin<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _busy);
        _work.Add(() => Run(work, done));
        StartThread();
        return done.Task;
    }

    private void Run<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        var outcome = OutcomeOf(work);
        Interlocked.Decrement(ref _busy);
        done.SetFromTask(outcome);

        // Looked at here: where the caller has given up, nobody else will.
        _ = done.Task.Exception;
        _turns.Release();
    }

    private static Task<T> OutcomeOf<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <summary>
    /// One more thread where fewer are there than have work. A thread is done with its work before its caller hears of it, so that a caller
    /// who comes again at once finds the same thread.
    /// </summary>
    private void StartThread()
    {
        var threads = Count;
        while (threads < Volatile.Read(ref _busy))
        {
            var seen = Interlocked.CompareExchange(ref _threads, threads + 1, threads);
            if (seen == threads)
            {
                new Thread(Work) { IsBackground = true, Name = name }.Start();
                return;
            }

            threads = seen;
        }
    }

    private void Work()
    {
        try
        {
            foreach (var work in _work.GetConsumingEnumerable(_closed.Token))
            {
                work();
            }
        }
        catch (OperationCanceledException)
        {
            // The registry is closed.
        }
    }
}
