using System.Buffers.Binary;
using System.Security.Cryptography;
using Verification.Audit.Keys;

namespace Verification.Audit.Format;

/// <summary>
/// What a block ends with, written in three steps: that it ends (as its last record is in), its hash, and, once all of that is on the
/// disk, the signed head.
/// </summary>
/// <param name="Sequence">The block's place in the log, as in its header.</param>
/// <param name="Records">How many records it holds.</param>
/// <param name="End">What it is the end of.</param>
/// <param name="ClosedAt">When it was ended, in microseconds.</param>
/// <param name="Length">The bytes from where the block begins, the segment's header included, to the seal.</param>
internal readonly record struct Seal(long Sequence, int Records, BlockEnd End, long ClosedAt, int Length)
{
    public const int Size = HeadOffset + HeadSize;

    /// <summary>What the block's hash covers of the seal.</summary>
    public const int ClosingSize = 40;

    /// <summary>Where the signed head stands in a seal; everything before it is signed.</summary>
    public const int HeadOffset = HashOffset + BlockHash.Size;

    /// <summary>Where the block's hash stands in a seal.</summary>
    public const int HashOffset = PreviousOffset + BlockHash.Size;

    private const int PreviousOffset = ClosingSize;
    private const int KeyOffset = 8;
    private const int SignatureOffset = KeyOffset + KeyId.Size;
    private const int HeadSize = SignatureOffset + VerifyingKey.SignatureSize;

    /// <summary>What a seal begins with. Its first two bytes are no length of a frame.</summary>
    public static ReadOnlySpan<byte> Marker => [0xFF, 0xFF, (byte)'A', (byte)'U', (byte)'S', (byte)'E', (byte)'A', (byte)'L'];

    /// <summary>What a head begins with. Like the seal's marker it is no UTF-8: no text in a record looks like one.</summary>
    public static ReadOnlySpan<byte> HeadMarker => [0xFF, 0xFE, (byte)'A', (byte)'U', (byte)'H', (byte)'E', (byte)'A', (byte)'D'];

    private static ReadOnlySpan<byte> Domain => "permit audit head 1\n"u8;

    /// <summary>Reads that a block ends; null where that is not there, or damaged.</summary>
    public static Seal? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && bytes.StartsWith(Marker) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) == Crc32C.Of(bytes[..36])
            ? new Seal(
                BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
                (BlockEnd)BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]))
            : null;

    /// <summary>The first step: that the block ends.</summary>
    public void Write(Span<byte> seal)
    {
        Marker.CopyTo(seal);
        BinaryPrimitives.WriteInt64LittleEndian(seal[8..], Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(seal[16..], Records);
        BinaryPrimitives.WriteInt32LittleEndian(seal[20..], (int)End);
        BinaryPrimitives.WriteInt64LittleEndian(seal[24..], ClosedAt);
        BinaryPrimitives.WriteInt32LittleEndian(seal[32..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(seal[36..], Crc32C.Of(seal[..36]));
    }

    /// <summary>The second step: the hash of everything before it, and of the block before.</summary>
    public static void WriteHash(Span<byte> seal, BlockHash previous, BlockHash hash)
    {
        previous.Write(seal[PreviousOffset..]);
        hash.Write(seal[HashOffset..]);
    }

    /// <summary>The third step: the signed head.</summary>
    public static void WriteHead(Span<byte> seal, Guid logId, int segment, SigningKey key)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        WriteMessage(seal, logId, segment, message);
        var head = seal[HeadOffset..];
        key.Sign(message, head.Slice(SignatureOffset, VerifyingKey.SignatureSize));
        key.Id.Write(head[KeyOffset..]);
        HeadMarker.CopyTo(head);
    }

    /// <summary>The hash of a block.</summary>
    /// <param name="previous">The hash of the block before it.</param>
    /// <param name="covered">From where the block begins to the end of what its seal says in the first step.</param>
    public static BlockHash HashOf(BlockHash previous, ReadOnlySpan<byte> covered)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> hash = stackalloc byte[BlockHash.Size];
        previous.Write(hash);
        sha.AppendData(hash);
        sha.AppendData(covered);
        sha.GetHashAndReset(hash);
        return BlockHash.Read(hash);
    }

    public static BlockHash PreviousIn(ReadOnlySpan<byte> seal) => BlockHash.Read(seal[PreviousOffset..]);

    public static BlockHash HashIn(ReadOnlySpan<byte> seal) => BlockHash.Read(seal[HashOffset..]);

    public static KeyId KeyIn(ReadOnlySpan<byte> seal) => KeyId.Read(seal[(HeadOffset + KeyOffset)..]);

    /// <summary>Whether there is a head, of whatever worth: its marker is what is written last.</summary>
    public static bool HasHead(ReadOnlySpan<byte> seal) => seal[HeadOffset..].StartsWith(HeadMarker);

    /// <summary>Whether the head is what a key signed.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> seal, Guid logId, int segment, VerifyingKey key)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        WriteMessage(seal, logId, segment, message);
        return key.Verify(message, seal[(HeadOffset + SignatureOffset)..Size]);
    }

    private static int MessageSize => Domain.Length + 16 + sizeof(int) + HeadOffset;

    private static void WriteMessage(ReadOnlySpan<byte> seal, Guid logId, int segment, Span<byte> message)
    {
        Domain.CopyTo(message);
        message = message[Domain.Length..];
        logId.TryWriteBytes(message, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32LittleEndian(message[16..], segment);
        seal[..HeadOffset].CopyTo(message[20..]);
    }
}
