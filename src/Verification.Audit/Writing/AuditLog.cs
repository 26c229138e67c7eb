using Verification.Audit.Files;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Records;

namespace Verification.Audit.Writing;

/// <summary>
/// A node's audit log, open for writing. Safe for concurrent use. A record is in the operating system's hands when <see cref="Append"/>
/// returns, so it outlives the process; the disk has it after the next flush.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    private readonly AuditLogOptions _options;
    private readonly IAuditFiles _files;
    private readonly FolderLock _folder;
    private readonly SegmentSupply _supply;
    private readonly LogWriter _writer;
    private readonly Keeper _keeper;
    private readonly TimeProvider _clock;
    private readonly IRecordCounts? _counts;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _timer;
    private readonly Task _turns;
    private TaskCompletionSource? _flush;
    private Exception? _trouble;
    private long _flushed;
    private long _records;
    private bool _isClosed;
    private volatile bool _isEnding;
    private int _ends;

    private AuditLog(AuditLogOptions options, LogOpening opening, SigningKey key, IAuditFiles files, TimeProvider clock, IRecordCounts? counts)
    {
        _counts = counts;
        _options = options;
        _files = files;
        _folder = opening.Folder;
        _clock = clock;
        Start = opening.Start;
        _supply = new SegmentSupply(files, Start.Log, options.SegmentBytes, opening.NextSegment, clock);
        _writer = new LogWriter(options, _supply, clock, opening.Point.Next);
        _keeper = new Keeper(Start.Log.LogId, key, opening.Point.Hash);
        _supply.Prepare();
        Append(LogRecords.Started(options.Host, Start, clock.GetUtcNow()));
        _timer = clock.CreateTimer(_ => _wake.Set(), null, options.Turn, options.Turn);

        // On a thread of its own: it blocks on the disk, and what waits for the next segment must not wait for a busy pool.
        _turns = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What was found as the log was opened.</summary>
    public AuditLogStart Start { get; }

    /// <summary>How far the log is on the disk and signed: up to there it may be copied. Older segments are to be copied whole.</summary>
    public FlushedEnd FlushedEnd => _keeper.End;

    /// <summary>How many records were taken since it was opened.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>How many bytes wait for the disk.</summary>
    public long UnflushedBytes
    {
        get
        {
            lock (_gate)
            {
                return _writer.Written - _flushed;
            }
        }
    }

    /// <summary>Why records are not taken; null while they are.</summary>
    public AuditUnavailableException? Trouble
    {
        get
        {
            lock (_gate)
            {
                return WhyNot() ?? (_writer.Segment is null && !_supply.HasOne ? NoSegment() : null);
            }
        }
    }

    /// <summary>
    /// Opens the log in a folder: makes one where there is none, goes on with the one that is there, and mends its end where no head covers
    /// it. One that is damaged under a head is left as it is, and another is begun; see <see cref="AuditLogStart.Damage"/>. Blocks.
    /// </summary>
    /// <param name="options">How the log is kept.</param>
    /// <param name="key">What signs its heads; the caller's, and not to be used otherwise while the log is open.</param>
    /// <param name="former">The public keys of earlier heads. One that is not among them is not checked.</param>
    /// <param name="files">The file operations.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="counts">Counts what it takes.</param>
    /// <exception cref="AuditFolderInUseException">Another process writes there.</exception>
    /// <exception cref="AuditUnavailableException">There is no room for a segment.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static AuditLog Open(
        AuditLogOptions options,
        SigningKey key,
        IEnumerable<VerifyingKey> former,
        IAuditFiles files,
        TimeProvider clock,
        IRecordCounts? counts = null)
    {
        options.Demand();
        var opening = LogOpening.Open(options.Folder, key, new KeyRing([key.PublicKey, .. former]), files, clock);
        try
        {
            return new AuditLog(options, opening, key, files, clock, counts);
        }
        catch
        {
            opening.Folder.Dispose();
            throw;
        }
    }

    /// <summary>Takes a record. Does not wait for the disk, and allocates nothing but once in a block.</summary>
    /// <exception cref="AuditUnavailableException">It could not be taken: there must be no answer.</exception>
    /// <exception cref="ArgumentException">A field is longer than the format has it.</exception>
    public void Append(in AuditDraft record)
    {
        lock (_gate)
        {
            if (TryTake(record) is { } reason)
            {
                throw reason;
            }
        }
    }

    /// <summary>
    /// Takes records one behind the other, as if each was taken by itself, and is held against others once for all: so they should be few.
    /// </summary>
    /// <param name="drafts">The records.</param>
    /// <param name="reason">Why the first that was not taken was not, and none behind it; null when all were.</param>
    /// <returns>How many were taken: there must be no answer to the others.</returns>
    /// <exception cref="ArgumentException">A field is longer than the format has it.</exception>
    public int Append<TDrafts>(TDrafts drafts, out AuditUnavailableException? reason)
        where TDrafts : IAuditDrafts, allows ref struct
    {
        lock (_gate)
        {
            for (var index = 0; index < drafts.Count; index++)
            {
                reason = TryTake(drafts[index]);
                if (reason is not null)
                {
                    return index;
                }
            }
        }

        reason = null;
        return drafts.Count;
    }

    /// <summary>
    /// Completes when the answers to everything appended before may leave: at once where flushes come at an interval, with the next flush where
    /// that interval is zero. Many wait for one flush.
    /// </summary>
    /// <exception cref="AuditUnavailableException">The flush failed: there must be no answer.</exception>
    public ValueTask KeepAsync(CancellationToken cancellationToken = default) =>
        _options.FlushInterval > TimeSpan.Zero ? default : FlushAsync(cancellationToken);

    /// <summary>Completes when everything appended before is on the disk.</summary>
    /// <exception cref="AuditUnavailableException">The flush failed.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        Task flush;
        lock (_gate)
        {
            if (_trouble is null && _writer.Written == _flushed)
            {
                return default;
            }

            if (_isClosed)
            {
                throw WhyNot()!;
            }

            _flush ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            flush = _flush.Task;
        }

        _wake.Set();
        return new ValueTask(cancellationToken.CanBeCanceled ? flush.WaitAsync(cancellationToken) : flush);
    }

    /// <summary>
    /// Deletes a segment, of this log or an older one in the folder, whose time is over: its ends stay, so that the chain still verifies, and the
    /// deletion is recorded. Blocks.
    /// </summary>
    /// <exception cref="InvalidOperationException">The segment has not come to its end, or is damaged.</exception>
    /// <exception cref="AuditUnavailableException">The deletion could not be recorded; nothing was deleted.</exception>
    /// <exception cref="IOException">The disk fails; the deletion may be tried again.</exception>
    public void Delete(AuditSegmentFile segment)
    {
        var ends = SegmentEnds.Of(segment)
            ?? throw new InvalidOperationException($"The segment '{segment.Path}' has not come to its end, or is damaged. It stays.");
        Append(LogRecords.Deleted(ends, _clock.GetUtcNow()));
        _files.Write(Path.Combine(Path.GetDirectoryName(segment.Path)!, LogNames.End(segment.Ordinal)), ends.ToBytes());
        _files.Delete(segment.Path);
    }

    /// <summary>Takes no more records, brings those that were taken to the disk, and ends the log with a head that says so.</summary>
    /// <remarks>Where the disk fails it does as much as it can; <see cref="Trouble"/> tells, and the next start mends.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ends, 1) != 0)
        {
            return;
        }

        // The last block needs a segment, also where the one before has just ended.
        _supply.Prepare();
        lock (_gate)
        {
            _ = _writer.TryClose();
            _isClosed = true;
        }

        await _timer.DisposeAsync();
        _isEnding = true;
        _wake.Set();
        await _turns;
        Turn();
        _keeper.Release();
        _supply.Discard();
        _folder.Dispose();
    }

    /// <summary>Takes a record. The caller holds the lock.</summary>
    /// <returns>Why not; null when it was taken.</returns>
    private AuditUnavailableException? TryTake(in AuditDraft record)
    {
        if (WhyNot() is { } reason)
        {
            return reason;
        }

        var segment = _writer.Segment;
        if (!_writer.TryAppend(record))
        {
            return NoSegment();
        }

        if (_writer.Segment != segment)
        {
            // The one behind it is to be made at once, not with the next turn.
            _wake.Set();
        }

        Volatile.Write(ref _records, _records + 1);
        _counts?.Add(record);
        return null;
    }

    private AuditUnavailableException NoSegment() => new(AuditUnavailableReason.NoSegment, _supply.Fault);

    private AuditUnavailableException? WhyNot() =>
        _isClosed ? new AuditUnavailableException(AuditUnavailableReason.Closed, _trouble)
        : _trouble is not null ? new AuditUnavailableException(AuditUnavailableReason.FlushFailed, _trouble)
        : _writer.Written - _flushed > _options.MaxUnflushedBytes ? new AuditUnavailableException(AuditUnavailableReason.Behind)
        : null;

    private void Run()
    {
        while (_wake.WaitOne() && !_isEnding)
        {
            Turn();
        }
    }

    /// <summary>Does what is due: ends blocks, flushes, signs, makes the next segment.</summary>
    private void Turn()
    {
        TaskCompletionSource? flush;
        lock (_gate)
        {
            (flush, _flush) = (_flush, null);
        }

        try
        {
            if (!_isClosed)
            {
                _supply.Prepare();
            }

            OpenSegment? current;
            long written;
            lock (_gate)
            {
                if (!_isClosed)
                {
                    _writer.EndWhatIsDue();
                }

                _keeper.Take(_writer.TakeEnded());
                (written, current) = (_writer.Written, _writer.Segment);
            }

            if (written != _flushed || _trouble is not null)
            {
                _keeper.Flush(current);
                Note(written, null);
            }

            flush?.SetResult();
            if (_keeper.HasBlocks)
            {
                _keeper.Sign();
            }
        }
        catch (Exception exception)
        {
            // Whatever it is: what waits for the disk is still waiting, and the next turn tries again.
            Note(_flushed, exception);
            flush?.TrySetException(new AuditUnavailableException(AuditUnavailableReason.FlushFailed, exception));
            _ = flush?.Task.Exception;
        }
    }

    private void Note(long flushed, Exception? trouble)
    {
        lock (_gate)
        {
            (_flushed, _trouble) = (flushed, trouble);
        }
    }
}
