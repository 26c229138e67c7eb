using System.Buffers;
using System.IO.Compression;

namespace Verification.Audit.Reading;

/// <summary>Blocks packed for the years: one, or several that follow each other.</summary>
public static class BlockArchive
{
    // Higher ones take ten times as long for a few parts in a hundred.
    private const int Quality = 5;
    private const int Window = 22;
    private const int Head = sizeof(int);

    /// <summary>Packs the bytes of blocks: their length in four bytes, little-endian, and Brotli (RFC 7932).</summary>
    public static byte[] Pack(ReadOnlySpan<byte> blocks)
    {
        var packed = ArrayPool<byte>.Shared.Rent(Head + BrotliEncoder.GetMaxCompressedLength(blocks.Length));
        try
        {
            BitConverter.TryWriteBytes(packed, blocks.Length);
            return BrotliEncoder.TryCompress(blocks, packed.AsSpan(Head), out var written, Quality, Window)
                ? packed[..(Head + written)]
                : throw new InvalidOperationException("The blocks cannot be packed.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>Unpacks them.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < Head || BitConverter.ToInt32(packed) is var length && (length < 0 || length > Array.MaxLength))
        {
            throw Damaged();
        }

        var blocks = new byte[length];
        return BrotliDecoder.TryDecompress(packed[Head..], blocks, out var written) && written == length ? blocks : throw Damaged();

        static InvalidDataException Damaged() => new("Packed blocks are damaged.");
    }
}
