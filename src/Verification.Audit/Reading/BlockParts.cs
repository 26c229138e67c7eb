using System.Buffers;
using System.Buffers.Binary;
using Verification.Audit.Format;
using Verification.Audit.Keys;

namespace Verification.Audit.Reading;

/// <summary>
/// Takes blocks apart for packing, and joins them: checksums are left out, as they can be calculated, and what repeats nowhere (names,
/// hashes, signatures) is set aside, so that the rest repeats in long runs.
/// </summary>
internal static class BlockParts
{
    /// <summary>Takes blocks apart.</summary>
    /// <param name="blocks">Whole blocks.</param>
    /// <param name="parted">Receives the plain part, and the names part behind it; as long as the blocks is enough.</param>
    /// <returns>The bytes of the two.</returns>
    /// <exception cref="ArgumentException">The blocks are not whole.</exception>
    public static (int Plain, int Names) Part(ReadOnlySpan<byte> blocks, Span<byte> parted)
    {
        var plain = new ByteWriter(parted);
        var aside = ArrayPool<byte>.Shared.Rent(blocks.Length);
        try
        {
            var names = new ByteWriter(aside);
            for (var at = 0; at < blocks.Length;)
            {
                var extent = BlockExtent.Find(blocks, at);
                if (extent.State != BlockState.Ended)
                {
                    throw new ArgumentException("Only whole blocks can be packed.", nameof(blocks));
                }

                PartBlock(blocks, extent, ref plain, ref names);
                at = extent.End;
            }

            names.Written.CopyTo(parted[plain.Length..]);
            return (plain.Length, names.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(aside);
        }
    }

    /// <summary>Joins what <see cref="Part"/> took apart.</summary>
    /// <exception cref="InvalidDataException">These are no such parts.</exception>
    public static byte[] Join(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> names)
    {
        var blocks = new ArrayBufferWriter<byte>(1 + plain.Length + (names.Length * 2));
        var plainReader = new ByteReader(plain);
        var namesReader = new ByteReader(names);
        while (!plainReader.IsAtEnd)
        {
            var header = plainReader.Take(BlockHeader.Size);
            blocks.Write(header);
            if (header.StartsWith(SegmentHeader.Magic))
            {
                // The rest of the segment's header, and the block's own behind it.
                blocks.Write(plainReader.Take(SegmentHeader.Size));
            }

            JoinFrames(ref plainReader, ref namesReader, blocks);
        }

        return namesReader.IsAtEnd ? blocks.WrittenSpan.ToArray() : throw new InvalidDataException("Packed blocks have names too many.");
    }

    private static void PartBlock(ReadOnlySpan<byte> blocks, in BlockExtent extent, ref ByteWriter plain, ref ByteWriter names)
    {
        var at = extent.HeaderStart + BlockHeader.Size;
        plain.Bytes(blocks[extent.Start..at]);
        while (at < extent.FramesEnd)
        {
            var length = Layout.LengthSize + Frame.LengthIn(blocks[at..]);
            var frame = blocks.Slice(at, length);
            var plainLength = length - NamesIn(frame[Layout.LengthSize..]);
            plain.Bytes(frame[..plainLength]);
            names.Bytes(frame[plainLength..]);
            at += length + Layout.ChecksumSize;
        }

        var seal = blocks.Slice(at, Seal.Size);
        plain.Bytes(seal[..Seal.HashOffset]);
        plain.Bytes(seal[Seal.HeadOffset..^VerifyingKey.SignatureSize]);
        names.Bytes(seal[Seal.HashOffset..Seal.HeadOffset]);
        names.Bytes(seal[^VerifyingKey.SignatureSize..]);
    }

    private static void JoinFrames(ref ByteReader plain, ref ByteReader names, ArrayBufferWriter<byte> blocks)
    {
        Span<byte> body = stackalloc byte[Layout.MaxBody];
        for (; ; )
        {
            var start = plain.Take(Layout.LengthSize);
            if (start.SequenceEqual(Seal.Marker[..Layout.LengthSize]))
            {
                blocks.Write(start);
                blocks.Write(plain.Take(Seal.HashOffset - Layout.LengthSize));
                blocks.Write(names.Take(BlockHash.Size));
                blocks.Write(plain.Take(Seal.Size - Seal.HeadOffset - VerifyingKey.SignatureSize));
                blocks.Write(names.Take(VerifyingKey.SignatureSize));
                return;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(start);
            if (length is 0 or > Layout.MaxBody)
            {
                throw new InvalidDataException("A packed frame has no length that a frame can have.");
            }

            var first = plain.Take(Math.Min(2, (int)length));
            var aside = NamesIn(first);
            if (aside > length - first.Length)
            {
                throw new InvalidDataException("A packed record is shorter than its names.");
            }

            first.CopyTo(body);
            plain.Take(length - first.Length - aside).CopyTo(body[first.Length..]);
            names.Take(aside).CopyTo(body[(length - aside)..]);
            blocks.Advance(Frame.Write(body[..length], blocks.GetSpan(length + Frame.Overhead)));
        }
    }

    /// <summary>How many bytes of a body are a record's names.</summary>
    private static int NamesIn(ReadOnlySpan<byte> body) => !EntryEncoder.IsEntry(body) && body.Length > 1 ? body[1] : 0;
}
