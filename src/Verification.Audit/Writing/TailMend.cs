using System.Collections.Immutable;
using System.Globalization;
using Verification.Audit.Files;
using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Verifying;

namespace Verification.Audit.Writing;

/// <summary>
/// Ends the segments that no head covers to their end: whole records are kept and get their hash and head; what is torn is cut, and kept
/// in a file beside.
/// </summary>
internal sealed class TailMend(IAuditFiles files, SigningKey key, TimeProvider clock, AuditLogFiles log, ChainPoint from)
{
    private readonly ImmutableArray<AuditFinding>.Builder _cut = ImmutableArray.CreateBuilder<AuditFinding>();
    private bool _isCut;

    /// <summary>Where the chain stands.</summary>
    public ChainPoint Point { get; private set; } = from;

    /// <summary>What was cut.</summary>
    public ImmutableArray<AuditFinding> Cut => _cut.ToImmutable();

    /// <summary>Mends a segment; one in which nothing is left is deleted.</summary>
    /// <returns>Whether it is still there.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public bool Mend(AuditSegmentFile segment, LogScan scan)
    {
        var end = scan.EndIn(segment);
        var tail = scan.Tail.Where(block => block.Segment == segment).ToArray();
        if (tail.Length == 0 && end.IsSegmentEnd && new FileInfo(segment.Path).Length == end.Offset)
        {
            return true;
        }

        var length = checked((int)new FileInfo(segment.Path).Length);
        using var file = files.Open(segment.Path, Math.Max(length, tail.LastOrDefault()?.BytesEnd ?? end.Offset) + Layout.Reserve);
        var open = new OpenSegment(file, segment.Ordinal, segment.Path) { Position = end.Offset };
        var ended = new List<EndedBlock>();
        foreach (var block in tail)
        {
            var isWhole = block.Extent.State != BlockState.Broken && block.Extent.Header.Sequence == Point.Next;
            var kept = isWhole && !_isCut ? block.Extent.State : CutOff(open, block);
            if (kept != BlockState.None)
            {
                ended.Add(EndBlock(open, block.Extent, kept));
            }

            if (_isCut)
            {
                break;
            }
        }

        if (open.Position == 0)
        {
            files.Delete(segment.Path);
            return false;
        }

        if (!(ended.LastOrDefault()?.End.HasFlag(BlockEnd.SegmentEnd) ?? end.IsSegmentEnd))
        {
            ended.Add(EndEmptyBlock(open));
        }

        Finish(open, ended);
        return true;
    }

    /// <summary>Keeps what no whole record is, and everything behind it, in a file; then takes it out.</summary>
    /// <returns>What is left of the block.</returns>
    private BlockState CutOff(OpenSegment segment, TailBlock block)
    {
        var at = _isCut || block.Extent.Header.Sequence != Point.Next ? block.Extent.Start : block.Extent.FramesEnd;
        _isCut = true;
        if (block.BytesEnd > at)
        {
            var path = FreePath(segment.Ordinal, at);
            var torn = segment.File.Bytes[at..block.BytesEnd];
            files.Write(path, torn);
            torn.Clear();
            _cut.Add(new AuditFinding(
                FindingKind.TornTailKept, path, segment.Ordinal, block.Extent.Header.Sequence, at, $"{block.BytesEnd - at} bytes were cut off"));
        }

        return at == block.Extent.Start ? BlockState.None : BlockState.Open;
    }

    /// <summary>A name that is not taken: a start that was killed here may have kept the same bytes, or other ones stood here once.</summary>
    private string FreePath(int segment, int at)
    {
        var path = Path.Combine(log.Path, LogNames.Torn(segment, at));
        for (var more = 2; File.Exists(path); more++)
        {
            path = Path.Combine(log.Path, string.Create(CultureInfo.InvariantCulture, $"{LogNames.Torn(segment, at)}.{more}"));
        }

        return path;
    }

    private EndedBlock EndBlock(OpenSegment segment, in BlockExtent extent, BlockState state)
    {
        var end = state == BlockState.Ended ? extent.Seal.End : BlockEnd.Recovered | BlockEnd.SegmentEnd;
        if (state != BlockState.Ended)
        {
            new Seal(extent.Header.Sequence, extent.Records, end, Now, extent.FramesEnd - extent.Start)
                .Write(segment.File.Bytes[extent.FramesEnd..]);
        }

        return Bind(new EndedBlock(segment, extent.Start, extent.FramesEnd, extent.Header.Sequence, end));
    }

    private EndedBlock EndEmptyBlock(OpenSegment segment)
    {
        var start = segment.Position;
        new BlockHeader(Point.Next, Now, 0).Write(segment.File.Bytes[start..]);
        const BlockEnd End = BlockEnd.Recovered | BlockEnd.SegmentEnd;
        var sealStart = start + BlockHeader.Size;
        new Seal(Point.Next, 0, End, Now, BlockHeader.Size).Write(segment.File.Bytes[sealStart..]);
        return Bind(new EndedBlock(segment, start, sealStart, Point.Next, End));
    }

    private EndedBlock Bind(EndedBlock block)
    {
        Point = new ChainPoint(block.Sequence + 1, block.Bind(Point.Hash));
        block.Segment.Position = block.EndsAt;
        return block;
    }

    private void Finish(OpenSegment segment, List<EndedBlock> ended)
    {
        segment.File.Flush();
        foreach (var block in ended)
        {
            block.Sign(log.LogId, key);
        }

        segment.File.CloseAt(segment.Position);
    }

    private long Now => AuditTime.ToMicroseconds(clock.GetUtcNow());
}
