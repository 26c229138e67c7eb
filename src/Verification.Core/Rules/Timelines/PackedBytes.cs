using System.Runtime.CompilerServices;

namespace Verification.Core.Rules.Timelines;

/// <summary>Numbers in as few bytes as they need: seven bits a byte, the lowest first.</summary>
internal static class PackedBytes
{
    /// <summary>Reads a number, and steps over it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        int read = bytes[at++];
        return read < 0x80 ? read : ReadRest(bytes, read & 0x7F, ref at);
    }

    /// <summary>Reads a number that may be negative, and steps over it.</summary>
    public static int ReadSigned(ReadOnlySpan<byte> bytes, ref int at)
    {
        var number = ReadNumber(bytes, ref at);
        return (number >>> 1) ^ -(number & 1);
    }

    /// <summary>Appends a number from 0.</summary>
    public static void WriteNumber(this List<byte> bytes, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        WriteBits(bytes, (uint)number);
    }

    /// <summary>Appends a number that may be negative.</summary>
    public static void WriteSigned(this List<byte> bytes, int number) => WriteBits(bytes, (uint)((number << 1) ^ (number >> 31)));

    private static int ReadRest(ReadOnlySpan<byte> bytes, int number, ref int at)
    {
        for (var shift = 7; ; shift += 7)
        {
            int read = bytes[at++];
            number |= (read & 0x7F) << shift;
            if (read < 0x80)
            {
                return number;
            }
        }
    }

    private static void WriteBits(List<byte> bytes, uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }
}
