namespace Verification.Core.Rules.Timelines;

/// <summary>Numbers in as few bytes as they need: seven bits a byte, the lowest first.</summary>
internal static class PackedBytes
{
    /// <summary>Reads a number, and steps over it.</summary>
    public static int ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        int read = bytes[at++];
        if (read < 0x80)
        {
            return read;
        }

        var number = read & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            read = bytes[at++];
            number |= (read & 0x7F) << shift;
            if (read < 0x80)
            {
                return number;
            }
        }
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

    private static void WriteBits(List<byte> bytes, uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }
}
