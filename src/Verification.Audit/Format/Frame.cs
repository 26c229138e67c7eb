using System.Buffers.Binary;

namespace Verification.Audit.Format;

/// <summary>What a record or a dictionary entry stands in: its length, its body, and a checksum of both.</summary>
internal static class Frame
{
    /// <summary>The bytes of a frame beside its body.</summary>
    public const int Overhead = Layout.LengthSize + Layout.ChecksumSize;

    /// <summary>Writes a frame.</summary>
    /// <returns>Its length.</returns>
    public static int Write(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        body.CopyTo(destination[Layout.LengthSize..]);
        return Close(body.Length, destination);
    }

    /// <summary>Makes a frame of a body that stands where it is to.</summary>
    /// <param name="bodyLength">How long it is.</param>
    /// <param name="destination">The frame, of which the body stands behind the room for its length.</param>
    /// <returns>Its length.</returns>
    public static int Close(int bodyLength, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)bodyLength);
        var length = Layout.LengthSize + bodyLength;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[length..], Crc32C.Of(destination[..length]));
        return length + Layout.ChecksumSize;
    }

    /// <summary>The body of the frame that bytes begin with; empty where there is no whole one.</summary>
    public static ReadOnlySpan<byte> BodyIn(ReadOnlySpan<byte> bytes)
    {
        var length = LengthIn(bytes);
        if (length is 0 or > Layout.MaxBody || length + Overhead > bytes.Length)
        {
            return [];
        }

        var covered = bytes[..(Layout.LengthSize + length)];
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[covered.Length..]) == Crc32C.Of(covered) ? covered[Layout.LengthSize..] : [];
    }

    /// <summary>What stands where a frame's length does; 0 where nothing was written.</summary>
    public static int LengthIn(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Layout.LengthSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
