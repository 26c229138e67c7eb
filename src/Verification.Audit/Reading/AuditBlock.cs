using System.Diagnostics.CodeAnalysis;
using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Records;

namespace Verification.Audit.Reading;

/// <summary>A block with its signed head: what is copied and checked as one.</summary>
public sealed class AuditBlock
{
    private readonly BlockExtent _extent;

    private AuditBlock(Guid logId, int segment, int offset, ReadOnlyMemory<byte> bytes, in BlockExtent extent)
    {
        LogId = logId;
        Segment = segment;
        Offset = offset;
        Bytes = bytes;
        _extent = extent;
        Hash = Seal.HashIn(SealBytes);
        Previous = Seal.PreviousIn(SealBytes);
        KeyId = Seal.KeyIn(SealBytes);
    }

    /// <summary>The log that it is read as one of.</summary>
    public Guid LogId { get; }

    /// <summary>The segment that it is read as one of, from 1.</summary>
    public int Segment { get; }

    /// <summary>Where it begins in its segment's file.</summary>
    public int Offset { get; }

    /// <summary>Where it ends there, and the next one begins.</summary>
    public int End => Offset + Bytes.Length;

    /// <summary>All its bytes; a segment's first block includes the segment's header.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its place in the log, from 1.</summary>
    public long Sequence => _extent.Seal.Sequence;

    /// <summary>How many records it holds.</summary>
    public int RecordCount => _extent.Records;

    /// <summary>What it is the end of.</summary>
    public BlockEnd EndOf => _extent.Seal.End;

    /// <summary>About when its first record came.</summary>
    public DateTimeOffset Begun => AuditTime.FromMicroseconds(_extent.Header.BaseInstant);

    /// <summary>When it was ended.</summary>
    public DateTimeOffset ClosedAt => AuditTime.FromMicroseconds(_extent.Seal.ClosedAt);

    /// <summary>Its hash, as it says itself.</summary>
    public BlockHash Hash { get; }

    /// <summary>The hash of the block before it, as it says itself.</summary>
    public BlockHash Previous { get; }

    /// <summary>The key that signed its head, as it says itself.</summary>
    public KeyId KeyId { get; }

    /// <summary>The block that bytes begin with.</summary>
    /// <param name="logId">The log that it is read as one of.</param>
    /// <param name="segment">The segment that it is read as one of.</param>
    /// <param name="offset">Where the bytes stand in the segment.</param>
    /// <param name="bytes">The bytes; others may follow.</param>
    /// <param name="block">The block.</param>
    /// <returns>False where they begin with no whole block that has a head.</returns>
    public static bool TryFind(Guid logId, int segment, int offset, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out AuditBlock? block)
    {
        var extent = BlockExtent.Find(bytes.Span, 0);
        block = extent.State == BlockState.Ended && Seal.HasHead(bytes.Span[extent.FramesEnd..])
            ? new AuditBlock(logId, segment, offset, bytes[..extent.End], extent)
            : null;
        return block is not null;
    }

    /// <summary>Its records in order, each with where it stands among <see cref="Bytes"/>.</summary>
    /// <exception cref="InvalidDataException">A record is not of the format that this version knows.</exception>
    public IEnumerable<(int At, AuditRecord Record)> Records() => BlockRecords.Read(Bytes, _extent);

    /// <summary>The record at a place among <see cref="Bytes"/>, as <see cref="Records"/> tells it.</summary>
    /// <exception cref="ArgumentException">None stands there.</exception>
    /// <exception cref="InvalidDataException">A record is not of the format that this version knows.</exception>
    public AuditRecord Record(int at)
    {
        foreach (var (place, record) in Records())
        {
            if (place == at)
            {
                return record;
            }
        }

        throw new ArgumentException("No record stands there.", nameof(at));
    }

    /// <summary>Whether its bytes are what its hash says.</summary>
    internal bool HasItsHash => Seal.HashOf(Previous, Bytes.Span[..(_extent.FramesEnd + Seal.ClosingSize)]) == Hash;

    /// <summary>Where in its bytes its parts are.</summary>
    internal BlockExtent Extent => _extent;

    internal ReadOnlySpan<byte> SealBytes => Bytes.Span[_extent.FramesEnd..];

    /// <summary>The segment's header, where it is the segment's first block; null on any other, and where that is damaged.</summary>
    internal SegmentHeader? SegmentHeader => Format.SegmentHeader.Read(Bytes.Span);
}
