using Permits.Registry.V1;

namespace Verification.Cli.Import;

/// <summary>How far an import is, summed over its messages.</summary>
internal sealed class ImportTotals(TimeProvider time)
{
    private readonly SortedDictionary<string, long> _rejectsByCode = new(StringComparer.Ordinal);
    private readonly long _started = time.GetTimestamp();
    private (long Lines, long At)? _first;
    private long _latest;

    /// <summary>The last message: what it counts, it counts of the whole import so far, but for the rejects.</summary>
    public ImportEventsResponse Last { get; private set; } = new();

    public long LinesRead => Last.LinesRead;

    public long Rejects { get; private set; }

    /// <summary>Lines that are read and neither loaded, recorded already nor rejected: the empty ones, which are skipped.</summary>
    public long Empty => Last.LinesRead - Last.EventsLoaded - Last.AlreadyRecorded - Rejects;

    public IReadOnlyDictionary<string, long> RejectsByCode => _rejectsByCode;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Lines per second since the first message: lines that an earlier run had read do not count. Null with one message only.</summary>
    public double? LinesPerSecond =>
        _first is { } first && time.GetElapsedTime(first.At, _latest) is { Ticks: > 0 } elapsed
            ? (LinesRead - first.Lines) / elapsed.TotalSeconds
            : null;

    public void Add(ImportEventsResponse message)
    {
        _latest = time.GetTimestamp();
        _first ??= (message.LinesRead, _latest);
        Last = message;
        Rejects += message.Rejects.Count;
        foreach (var reject in message.Rejects)
            _rejectsByCode[reject.Code] = _rejectsByCode.GetValueOrDefault(reject.Code) + 1;
    }
}
