using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Storing;
using Verification.Audit.Writing;

namespace Verification.Audit.Copying;

/// <summary>What a log's files hold behind the end of its copy.</summary>
/// <param name="files">The log's files.</param>
/// <param name="flushed">How far it is on the disk and signed, where it is being written; null where it is not.</param>
internal sealed class LogTail(AuditLogFiles files, FlushedEnd? flushed)
{
    /// <summary>The blocks that may be copied, in order.</summary>
    /// <exception cref="InvalidDataException">The copy is of another log: the files have another block where it ends.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IEnumerable<AuditBlock> Blocks(CopiedEnd? end)
    {
        if (flushed?.Block < end?.Block && flushed.Block > 0)
        {
            throw new InvalidDataException(
                $"The audit database holds more of '{files.Path}' than its files do: up to block {end.Block}, and the files up to {flushed.Block}.");
        }

        if (IsInStep(end))
        {
            yield break;
        }

        foreach (var (segment, offset) in Segments(end))
        {
            if (offset > 0)
            {
                Demand(segment, end!);
            }

            foreach (var block in segment.Blocks(offset))
            {
                if (block.Sequence > (flushed?.Block ?? long.MaxValue))
                {
                    yield break;
                }

                yield return block;
            }
        }
    }

    /// <summary>The bytes of the blocks that may be copied; about, for a log that is not written any more.</summary>
    public long Bytes(CopiedEnd? end) => IsInStep(end) ? 0 : Segments(end).Sum(it => Math.Max(0, EndOf(it.Segment) - it.Offset));

    private bool IsInStep(CopiedEnd? end) => flushed is not null && flushed.Block <= (end?.Block ?? 0);

    private IEnumerable<(AuditSegmentFile Segment, int Offset)> Segments(CopiedEnd? end) =>
        from segment in files.Segments()
        where !segment.IsDeleted && segment.Ordinal >= (end?.Segment ?? 0) && (flushed is null || segment.Ordinal <= flushed.Segment)
        select (segment, segment.Ordinal == end?.Segment ? end.Offset : 0);

    private long EndOf(AuditSegmentFile segment) => segment.Ordinal == flushed?.Segment ? flushed.Offset : new FileInfo(segment.Path).Length;

    private static void Demand(AuditSegmentFile segment, CopiedEnd end)
    {
        Span<byte> seal = stackalloc byte[Seal.Size];
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (end.Offset < Seal.Size
            || RandomAccess.Read(file, seal, end.Offset - Seal.Size) < Seal.Size
            || Seal.Read(seal)?.Sequence != end.Block
            || Seal.HashIn(seal) != end.Hash)
        {
            throw new InvalidDataException(
                $"The audit database holds another log under the id of '{segment.Path}': its block {end.Block} is not the one that ends at {end.Offset}.");
        }
    }
}
