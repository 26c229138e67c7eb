using System.Buffers;
using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Storing.Rows;

/// <summary>A run to be stored, with the list of its permits.</summary>
/// <param name="Row">The row.</param>
/// <param name="Permits">The hashes of its permits, in order, each once.</param>
internal sealed record NewRun(BlockRun Row, IReadOnlyCollection<uint> Permits)
{
    /// <summary>Of one block, as it was read from its segment.</summary>
    /// <exception cref="InvalidDataException">A record is not of the format that this version knows.</exception>
    public static NewRun Of(AuditBlock block)
    {
        var permits = new SortedSet<uint>();
        var (from, until) = (long.MaxValue, long.MinValue);
        foreach (var (_, record) in block.Records())
        {
            var instant = AuditTime.ToMicroseconds(record.Instant);
            var named = MessageInstant.Of(record.CheckId.Message);
            from = Math.Min(from, Math.Min(instant, named.First));
            until = Math.Max(until, Math.Max(instant, named.Last));
            if (record.Number is { } number)
            {
                permits.Add(PermitHash.Of(number));
            }
        }

        var hash = new byte[BlockHash.Size];
        block.Hash.Write(hash);
        var closed = AuditTime.ToMicroseconds(block.ClosedAt);
        return new NewRun(
            new BlockRun
            {
                FirstBlock = block.Sequence,
                LastBlock = block.Sequence,
                Segment = block.Segment,
                BeginsAt = block.Offset,
                EndsAt = block.End,
                EndsSegment = block.EndOf.HasFlag(BlockEnd.SegmentEnd),
                Records = block.RecordCount,
                FromInstant = block.RecordCount > 0 ? from : closed,
                UntilInstant = block.RecordCount > 0 ? until : closed,
                Hash = hash,
                Packed = BlockArchive.Pack(block.Bytes.Span),
            },
            permits);
    }

    /// <summary>Of several that follow each other, packed again as one.</summary>
    /// <exception cref="InvalidDataException">One of them is damaged.</exception>
    public static NewRun Joined(IReadOnlyList<(BlockRun Row, byte[] Permits)> runs)
    {
        var plain = new ArrayBufferWriter<byte>(runs.Sum(run => run.Row.PlainBytes) + 1);
        var permits = new SortedSet<uint>();
        foreach (var (row, list) in runs)
        {
            plain.Write(BlockArchive.Unpack(row.Packed));
            permits.UnionWith(PermitList.Read(list));
        }

        var last = runs[^1].Row;
        return new NewRun(
            runs[0].Row with
            {
                Run = 0,
                LastBlock = last.LastBlock,
                EndsAt = last.EndsAt,
                EndsSegment = last.EndsSegment,
                Records = runs.Sum(run => run.Row.Records),
                FromInstant = runs.Min(run => run.Row.FromInstant),
                UntilInstant = runs.Max(run => run.Row.UntilInstant),
                Hash = last.Hash,
                Packed = BlockArchive.Pack(plain.WrittenSpan),
            },
            permits);
    }
}
