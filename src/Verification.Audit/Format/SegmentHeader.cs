using System.Buffers.Binary;

namespace Verification.Audit.Format;

/// <summary>What a segment file begins with. It is part of what the hash of the segment's first block covers.</summary>
/// <param name="LogId">The log's random id.</param>
/// <param name="Segment">The segment's place in the log, from 1.</param>
/// <param name="Created">When it was made, in microseconds.</param>
internal readonly record struct SegmentHeader(Guid LogId, int Segment, long Created)
{
    public const int Size = 40;

    public static ReadOnlySpan<byte> Magic => "PVAUDIT1"u8;

    /// <summary>Reads a header; null where there is none, or a damaged one.</summary>
    public static SegmentHeader? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && bytes.StartsWith(Magic) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) == Crc32C.Of(bytes[..36])
            ? new SegmentHeader(
                new Guid(bytes[8..24], bigEndian: true),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]))
            : null;

    public void Write(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        LogId.TryWriteBytes(destination[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32LittleEndian(destination[24..], Segment);
        BinaryPrimitives.WriteInt64LittleEndian(destination[28..], Created);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[36..], Crc32C.Of(destination[..36]));
    }
}
