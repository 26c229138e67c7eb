using System.Buffers;
using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Storing.Rows;

/// <summary>A run to be stored, with the list of its permits.</summary>
/// <param name="Row">The row.</param>
/// <param name="Permits">The hashes of its permits, in order, each once.</param>
internal sealed record NewRun(BlockRun Row, List<uint> Permits)
{
    /// <summary>Of one block, as it was read from its segment.</summary>
    /// <exception cref="InvalidDataException">A record is not of the format that this version knows.</exception>
    public static NewRun Of(AuditBlock block) => Of([block], BlockArchive.Pack(block.Bytes.Span));

    /// <summary>Of blocks that follow each other, by their records.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="packed">The blocks, packed as one.</param>
    /// <inheritdoc cref="Of(AuditBlock)" path="/exception"/>
    public static NewRun Of(IReadOnlyList<AuditBlock> blocks, byte[] packed)
    {
        var (from, until, permits) = RunKeys.Of(blocks);
        var (first, last) = (blocks[0], blocks[^1]);
        if (until < from)
        {
            // No record: it still was at some time.
            from = until = AuditTime.ToMicroseconds(last.ClosedAt);
        }

        var hash = new byte[BlockHash.Size];
        last.Hash.Write(hash);
        return new NewRun(
            new BlockRun
            {
                FirstBlock = first.Sequence,
                LastBlock = last.Sequence,
                Segment = first.Segment,
                BeginsAt = first.Offset,
                EndsAt = last.End,
                EndsSegment = last.EndOf.HasFlag(BlockEnd.SegmentEnd),
                Records = blocks.Sum(block => block.RecordCount),
                FromInstant = from,
                UntilInstant = until,
                Span = BlockRun.SpanOf(from, until),
                Hash = hash,
                Packed = packed,
            },
            permits);
    }

    /// <summary>Of several runs that follow each other, packed again as one.</summary>
    /// <exception cref="InvalidDataException">One of them is damaged.</exception>
    public static NewRun Joined(IReadOnlyList<BlockRun> runs)
    {
        var plain = new ArrayBufferWriter<byte>(runs.Sum(run => run.PlainBytes) + 1);
        var blocks = runs.SelectMany(run => run.Blocks()).ToList();
        foreach (var block in blocks)
        {
            plain.Write(block.Bytes.Span);
        }

        var joined = Of(blocks, BlockArchive.Pack(plain.WrittenSpan));
        return joined with { Row = joined.Row with { Log = runs[0].Log } };
    }
}
