using Permits.Registry.V1;

namespace Verification.Cli.Import;

/// <summary>How far an import is, summed over its messages.</summary>
internal sealed class ImportTotals(TimeProvider time)
{
    private readonly SortedDictionary<string, long> _rejectsByCode = new(StringComparer.Ordinal);
    private readonly long _started = time.GetTimestamp();
    private (long Lines, long At)? _first;
    private long _latest;

    public long LinesRead { get; private set; }

    public long EventsLoaded { get; private set; }

    public long Rejects { get; private set; }

    public long Revision { get; private set; }

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
        (LinesRead, EventsLoaded, Revision) = (message.LinesRead, message.EventsLoaded, message.Revision);
        Rejects += message.Rejects.Count;
        foreach (var reject in message.Rejects)
            _rejectsByCode[reject.Code] = _rejectsByCode.GetValueOrDefault(reject.Code) + 1;
    }
}
