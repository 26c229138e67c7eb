using Verification.Audit.Format;

namespace Verification.Audit.Reading;

/// <summary>What stays of a segment that was deleted: its header, and the seals of its first and its last block, so that the chain goes on.</summary>
/// <param name="Header">Its header.</param>
/// <param name="First">The first block's seal.</param>
/// <param name="Last">The last block's.</param>
internal sealed record SegmentEnds(SegmentHeader Header, byte[] First, byte[] Last)
{
    private const int Size = SegmentHeader.Size + (2 * Seal.Size);

    /// <summary>The place in the log of the first block.</summary>
    public long FirstBlock { get; } = Seal.Read(First)!.Value.Sequence;

    /// <summary>The place in the log of the last block.</summary>
    public long LastBlock { get; } = Seal.Read(Last)!.Value.Sequence;

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null where it is damaged.</summary>
    public static SegmentEnds? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
        && SegmentHeader.Read(bytes) is { } header
        && Seal.Read(bytes[SegmentHeader.Size..]) is not null
        && Seal.Read(bytes[(SegmentHeader.Size + Seal.Size)..]) is not null
            ? new SegmentEnds(
                header,
                bytes.Slice(SegmentHeader.Size, Seal.Size).ToArray(),
                bytes.Slice(SegmentHeader.Size + Seal.Size, Seal.Size).ToArray())
            : null;

    /// <summary>Of a segment whose chain is whole; null where it is not, or has not come to its end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SegmentEnds? Of(AuditSegmentFile segment)
    {
        AuditBlock? first = null;
        AuditBlock? last = null;
        foreach (var block in segment.Blocks())
        {
            if (!block.HasItsHash || (last is not null && block.Previous != last.Hash))
            {
                return null;
            }

            first ??= block;
            last = block;
        }

        return first?.SegmentHeader is { } header && last!.EndOf.HasFlag(BlockEnd.SegmentEnd)
            ? new SegmentEnds(header, first.SealBytes.ToArray(), last.SealBytes.ToArray())
            : null;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Header.Write(bytes);
        First.CopyTo(bytes, SegmentHeader.Size);
        Last.CopyTo(bytes, SegmentHeader.Size + Seal.Size);
        return bytes;
    }
}
