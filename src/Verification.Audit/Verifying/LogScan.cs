using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Reading;

namespace Verification.Audit.Verifying;

/// <summary>
/// Goes through the segments of a log in order. What no head covers is set aside; the next head shows that it was final and is damaged,
/// and what is left in the end is the log's tail.
/// </summary>
internal sealed class LogScan(KeyRing keys, ChainPoint from)
{
    private readonly List<TailBlock> _tail = [];
    private readonly Dictionary<int, (int Offset, bool IsSegmentEnd)> _ends = [];

    /// <summary>The chain as far as heads cover it.</summary>
    public ChainCheck Chain { get; } = new(keys, from);

    /// <summary>What no head covers, in order.</summary>
    public IReadOnlyList<TailBlock> Tail => _tail;

    /// <summary>The last block under a head; null where there is none.</summary>
    public AuditBlock? Last { get; private set; }

    /// <summary>Where the last block under a head ends in a segment, and whether the segment ends with it; 0 where there is none.</summary>
    public (int Offset, bool IsSegmentEnd) EndIn(AuditSegmentFile segment) => _ends.GetValueOrDefault(segment.Ordinal);

    /// <summary>Takes the next segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="bytes">All its bytes, read after those of the segments behind it.</param>
    public void Add(AuditSegmentFile segment, byte[] bytes)
    {
        if (segment.IsDeleted)
        {
            AddDeleted(segment, bytes);
            return;
        }

        var bytesEnd = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        CheckHeader(segment, bytes, bytesEnd);
        for (var at = 0; at < bytesEnd;)
        {
            var extent = BlockExtent.Find(bytes, at);
            if (extent.State == BlockState.None)
            {
                return;
            }

            at = extent.State == BlockState.Ended
                ? AddEnded(segment, bytes, extent, bytesEnd)
                : AddBroken(segment, bytes, extent, bytesEnd);
        }
    }

    private int AddEnded(AuditSegmentFile segment, byte[] bytes, in BlockExtent extent, int bytesEnd)
    {
        var head = Heads.StateOf(bytes.AsSpan(extent.FramesEnd), segment.LogId, segment.Ordinal, keys);
        var isFinal = extent.Seal.End.HasFlag(BlockEnd.Closed) && head != HeadState.None;
        if (!Heads.Covers(head) && !isFinal)
        {
            _tail.Add(new TailBlock(segment, extent, bytesEnd));
            return extent.End;
        }

        CondemnTail();
        if (AuditBlock.TryFind(segment.LogId, segment.Ordinal, extent.Start, bytes.AsMemory(extent.Start), out var block))
        {
            Chain.Add(block, segment.Path);
            Last = block;
            _ends[segment.Ordinal] = (extent.End, extent.Seal.End.HasFlag(BlockEnd.SegmentEnd));
        }

        return extent.End;
    }

    /// <summary>Goes on behind the next seal. Where that has a head, what is broken was final.</summary>
    private int AddBroken(AuditSegmentFile segment, byte[] bytes, in BlockExtent extent, int bytesEnd)
    {
        var broken = new TailBlock(segment, extent, bytesEnd);
        if (extent.State == BlockState.Open)
        {
            _tail.Add(broken);
            return bytesEnd;
        }

        var at = NextSeal(bytes, extent, segment);
        if (at < 0)
        {
            _tail.Add(broken);
            return bytesEnd;
        }

        var seal = bytes.AsSpan(at, Seal.Size);
        if (Heads.Covers(Heads.StateOf(seal, segment.LogId, segment.Ordinal, keys)))
        {
            CondemnTail();
            Chain.AddBroken(Seal.Read(seal)?.Sequence, Seal.HashIn(seal), broken.AsAltered($"under a head there is {extent.Fault}"));
        }
        else
        {
            _tail.Add(broken);
        }

        return at + Seal.Size;
    }

    private void CheckHeader(AuditSegmentFile segment, ReadOnlySpan<byte> bytes, int bytesEnd)
    {
        var header = SegmentHeader.Read(bytes);
        if (bytesEnd > 0 && (header?.LogId != segment.LogId || header?.Segment != segment.Ordinal))
        {
            var fault = header is null ? "no whole segment header" : "another segment's header";
            _tail.Add(new TailBlock(segment, new BlockExtent(BlockState.Broken, 0, 0, default, 0, 0, default, fault), bytesEnd));
        }
    }

    private void CondemnTail()
    {
        foreach (var block in _tail)
        {
            if (block.Extent.State == BlockState.Ended)
            {
                Chain.AddBroken(
                    block.Extent.Seal.Sequence, BlockHash.None, block.AsAltered("its head is gone or wrong, and later ones are there"));
            }
            else
            {
                Chain.Note(block.AsAltered($"under a later head there is {block.Extent.Fault ?? "a block without an end"}"));
            }
        }

        _tail.Clear();
    }

    /// <summary>Where the next seal stands, by either of its markers, or at the very end; negative where there is none.</summary>
    private int NextSeal(ReadOnlySpan<byte> bytes, in BlockExtent extent, AuditSegmentFile segment)
    {
        var from = extent.HeaderStart;
        var bySeal = bytes[from..].IndexOf(Seal.Marker);
        var byHead = bytes[Math.Min(from + Seal.HeadOffset, bytes.Length)..].IndexOf(Seal.HeadMarker);
        var nearest = bySeal < 0 ? byHead : byHead < 0 ? bySeal : Math.Min(bySeal, byHead);
        if (nearest >= 0 && from + nearest + Seal.Size <= bytes.Length)
        {
            return from + nearest;
        }

        var last = bytes.Length - Seal.Size;
        return last >= from && Heads.StateOf(bytes[last..], segment.LogId, segment.Ordinal, keys) == HeadState.Signed ? last : -1;
    }

    private void AddDeleted(AuditSegmentFile segment, byte[] bytes)
    {
        if (SegmentEnds.Read(bytes) is not { } ends || ends.Header.LogId != segment.LogId || ends.Header.Segment != segment.Ordinal)
        {
            Chain.Note(new AuditFinding(FindingKind.Altered, segment.Path, segment.Ordinal, null, 0, "no whole ends of a deleted segment"));
            return;
        }

        CondemnTail();
        Chain.AddDeleted(ends, segment.Path);
    }
}
