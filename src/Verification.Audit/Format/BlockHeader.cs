using System.Buffers.Binary;

namespace Verification.Audit.Format;

/// <summary>What a block begins with.</summary>
/// <param name="Sequence">The block's place in the log, from 1.</param>
/// <param name="BaseInstant">What the instants of its records are counted from, in microseconds.</param>
/// <param name="BaseRevision">What the revisions of its records are counted from.</param>
internal readonly record struct BlockHeader(long Sequence, long BaseInstant, long BaseRevision)
{
    public const int Size = 32;

    public static ReadOnlySpan<byte> Magic => "BLCK"u8;

    /// <summary>Reads a header; null where there is none, or a damaged one.</summary>
    public static BlockHeader? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && bytes.StartsWith(Magic) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) == Crc32C.Of(bytes[..28])
            ? new BlockHeader(
                BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]))
            : null;

    public void Write(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[4..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(destination[12..], BaseInstant);
        BinaryPrimitives.WriteInt64LittleEndian(destination[20..], BaseRevision);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[28..], Crc32C.Of(destination[..28]));
    }
}
