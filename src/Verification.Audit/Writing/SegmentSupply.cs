using Verification.Audit.Files;
using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Writing;

/// <summary>Makes segments ahead of their need, so that no record waits for one and a full disk is known beforehand.</summary>
internal sealed class SegmentSupply(IAuditFiles files, AuditLogFiles log, int segmentBytes, int firstOrdinal, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _ordinal = firstOrdinal;
    private OpenSegment? _ready;

    /// <summary>Whether one is ready.</summary>
    public bool HasOne => Volatile.Read(ref _ready) is not null;

    /// <summary>Why there is none; null where there is, or none was tried.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Makes one where none is ready. Blocks.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (!HasOne)
            {
                Make();
            }
        }
    }

    /// <summary>Takes the one that is ready; null where there is none.</summary>
    public OpenSegment? Take() => Interlocked.Exchange(ref _ready, null);

    /// <summary>Deletes what was made and not needed.</summary>
    public void Discard()
    {
        if (Take() is { } unused)
        {
            unused.File.Dispose();
            files.Delete(unused.Path);
        }
    }

    private void Make()
    {
        try
        {
            var path = Path.Combine(log.Path, LogNames.Segment(_ordinal));
            var file = files.Create(path, segmentBytes);
            new SegmentHeader(log.LogId, _ordinal, AuditTime.ToMicroseconds(clock.GetUtcNow())).Write(file.Bytes);
            Volatile.Write(ref _ready, new OpenSegment(file, _ordinal, path));
            _ordinal++;
            Fault = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault = exception;
        }
    }
}
