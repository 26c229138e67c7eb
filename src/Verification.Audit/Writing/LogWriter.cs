using Verification.Audit.Format;
using Verification.Audit.Records;

namespace Verification.Audit.Writing;

/// <summary>Stores records into the segment that is written, and ends blocks and segments. Its callers hold the log's lock.</summary>
internal sealed class LogWriter(AuditLogOptions options, SegmentSupply supply, TimeProvider clock, long nextBlock)
{
    private readonly BlockEncoder _encoder = new();
    private List<EndedBlock> _ended = [];
    private long _sequence = nextBlock;
    private long _revision;
    private int _blockStart;
    private int _records;
    private bool _isInBlock;
    private long _blockBegun;
    private long _segmentBegun;

    /// <summary>The segment that is written; null before the first record, and where there was no room for one.</summary>
    public OpenSegment? Segment { get; private set; }

    /// <summary>How many bytes were stored, of all segments.</summary>
    public long Written { get; private set; }

    /// <summary>Stores a record.</summary>
    /// <returns>False where there is no segment for it.</returns>
    /// <exception cref="ArgumentException">The record cannot be written.</exception>
    public bool TryAppend(in AuditDraft draft)
    {
        if (Segment is { HasRoom: false })
        {
            EndSegment(BlockEnd.None);
        }

        if (Segment is null && !TryBeginSegment())
        {
            return false;
        }

        _revision = draft.Provenance?.Revision ?? _revision;
        if (!_isInBlock)
        {
            BeginBlock(AuditTime.ToMicroseconds(draft.Instant));
        }

        Advance(_encoder.Append(draft, Segment!.File.Bytes[Segment.Position..]));
        _records++;
        if (Segment.Position - _blockStart >= options.BlockBytes)
        {
            EndBlock(BlockEnd.None);
        }

        return true;
    }

    /// <summary>Ends the block whose head is due, and the segment whose time is over.</summary>
    public void EndWhatIsDue()
    {
        if (Segment is not null && clock.GetElapsedTime(_segmentBegun) >= options.SegmentAge && supply.HasOne)
        {
            EndSegment(BlockEnd.None);
        }
        else if (_isInBlock && clock.GetElapsedTime(_blockBegun) + options.Turn >= options.HeadInterval)
        {
            EndBlock(BlockEnd.None);
        }
    }

    /// <summary>Ends the log, for now.</summary>
    /// <returns>False where there is no segment to say so in.</returns>
    public bool TryClose()
    {
        if (Segment is null && !TryBeginSegment())
        {
            return false;
        }

        EndSegment(BlockEnd.Closed);
        return true;
    }

    /// <summary>Hands over the blocks that were ended since the last call.</summary>
    public List<EndedBlock> TakeEnded()
    {
        var ended = _ended;
        _ended = [];
        return ended;
    }

    private bool TryBeginSegment()
    {
        Segment = supply.Take();
        _blockStart = 0;
        _segmentBegun = clock.GetTimestamp();
        return Segment is not null;
    }

    private void BeginBlock(long instant)
    {
        var header = new BlockHeader(_sequence++, instant, _revision);
        Advance(_encoder.Begin(header, Segment!.File.Bytes[Segment.Position..]));
        _records = 0;
        _isInBlock = true;
        _blockBegun = clock.GetTimestamp();
    }

    private void EndBlock(BlockEnd end)
    {
        var segment = Segment!;
        var at = segment.Position;
        var now = AuditTime.ToMicroseconds(clock.GetUtcNow());
        new Seal(_sequence - 1, _records, end, now, at - _blockStart).Write(segment.File.Bytes[at..]);
        _ended.Add(new EndedBlock(segment, _blockStart, at, _sequence - 1, end));
        Advance(Seal.Size);
        _blockStart = segment.Position;
        _isInBlock = false;
    }

    private void EndSegment(BlockEnd end)
    {
        if (!_isInBlock)
        {
            BeginBlock(AuditTime.ToMicroseconds(clock.GetUtcNow()));
        }

        EndBlock(end | BlockEnd.SegmentEnd);
        Segment = null;
    }

    private void Advance(int length)
    {
        Segment!.Position += length;
        Written += length;
    }
}
