using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Verification.Audit.Reading;
using Verification.Audit.Storing;
using Verification.Audit.Writing;

namespace Verification.Audit.Copying;

/// <summary>
/// Copies the logs of a node's folder into the audit database, behind the answers: only what is on the disk and under a signed head. What is
/// confirmed is asked of the database each time and never remembered, so that one restored from a backup is filled again from the files still there.
/// Where the database cannot be reached the log goes on, and is copied later.
/// </summary>
public sealed class AuditCopier : IAsyncDisposable
{
    private readonly AuditCopierOptions _options;
    private readonly AuditDatabase _database;
    private readonly AuditLog _log;
    private readonly TimeProvider _clock;
    private readonly Cleaning _cleaning;
    private readonly Action<string?>? _errorChanged;

    // For the status alone: what was seen last.
    private readonly ConcurrentDictionary<Guid, CopiedEnd?> _seen = [];
    private readonly CancellationTokenSource _ending = new();
    private volatile string? _error;
    private Task _turns = Task.CompletedTask;
    private bool _isPrepared;

    /// <param name="options">How the logs are copied, and how long they are kept.</param>
    /// <param name="database">Where they are copied to; the caller's.</param>
    /// <param name="log">The log of the folder that is being written; the caller's.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="errorChanged">Told why attempts fail, when that changes; and null when they succeed again.</param>
    public AuditCopier(AuditCopierOptions options, AuditDatabase database, AuditLog log, TimeProvider clock, Action<string?>? errorChanged = null)
    {
        _errorChanged = errorChanged;
        _options = options;
        _database = database;
        _log = log;
        _clock = clock;
        _cleaning = new Cleaning(options, database, log, clock);
    }

    /// <summary>How far the database is behind what is in the files now: also while an attempt waits for a database that does not answer.</summary>
    public CopyStatus Status
    {
        get
        {
            try
            {
                var tails = Tails();
                var behind = tails.Sum(it => it.Value.Bytes(_seen.GetValueOrDefault(it.Key)));
                return new CopyStatus(behind, behind == 0 ? null : OldestIn(tails), _error);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The folder cannot be read, or a file went away under the eyes.
                return new CopyStatus(0, null, _error ?? exception.Message);
            }
        }
    }

    /// <summary>Begins to copy. To be called once.</summary>
    public void Start() => _turns = RunAsync();

    /// <summary>
    /// Copies what is left, as long as the options say, and ends. To be called when the log has come to its end, so that its last head is copied too.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested)
        {
            return;
        }

        await _ending.CancelAsync();
        await _turns;
        using var over = new CancellationTokenSource(_options.StopWait, _clock);
        try
        {
            while (!await TurnAsync(over.Token))
            {
                await Task.Delay(_options.Interval, _clock, over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The files are still there, and the next start copies them; what is behind, the status says.
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_options.Interval, _clock);
        try
        {
            do
            {
                if (await TurnAsync(_ending.Token))
                {
                    await CleanAsync(_ending.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException)
        {
            // It ends.
        }
    }

    /// <summary>Copies every log once.</summary>
    /// <returns>Whether nothing failed.</returns>
    internal async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        Tell(await TryAsync(() => CopyAllAsync(cancellationToken)));
        return _error is null;
    }

    /// <exception cref="Exception">Why a log could not be copied, or the folder not be read.</exception>
    private async Task CopyAllAsync(CancellationToken cancellationToken)
    {
        // Where each log may be copied to is read before its copy: what comes meanwhile is the next turn's.
        var tails = Tails();
        if (!_isPrepared)
        {
            await _database.PrepareAsync(cancellationToken);
        }

        _isPrepared = false;
        ExceptionDispatchInfo? failed = null;
        foreach (var (logId, tail) in tails)
        {
            // One that cannot be copied keeps no other from being.
            try
            {
                _seen[logId] = await LogCopy.RunAsync(_database, logId, tail, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failed ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failed?.Throw();
        _isPrepared = true;
    }

    private Dictionary<Guid, LogTail> Tails() => AuditFolder.Logs(_options.Folder).ToDictionary(
        files => files.LogId, files => new LogTail(files, files.LogId == _log.Start.Log.LogId ? _log.FlushedEnd : null));

    /// <summary>Deletes what is over, where it was not looked for lately.</summary>
    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (await TryAsync(() => _cleaning.RunIfDueAsync(cancellationToken)) is { } error)
        {
            Tell(error);
        }
    }

    private void Tell(string? error)
    {
        var before = _error;
        _error = error;
        if (error != before)
        {
            _errorChanged?.Invoke(error);
        }
    }

    private DateTimeOffset? OldestIn(Dictionary<Guid, LogTail> tails)
    {
        try
        {
            return tails.Select(it => it.Value.Blocks(_seen.GetValueOrDefault(it.Key)).FirstOrDefault()?.Begun).Min();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<string?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is: the files are still there, and the next turn tries again.
            return exception.Message;
        }
    }
}
