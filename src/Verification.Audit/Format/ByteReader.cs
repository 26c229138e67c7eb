using System.Buffers.Binary;
using System.Text;

namespace Verification.Audit.Format;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Every member fails with <see cref="InvalidDataException"/> on other bytes.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var octet = Byte();
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number has no end.");
    }

    public int Count() => Number() is <= int.MaxValue and var count ? (int)count : throw new InvalidDataException("A count is too large.");

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public string Text(int length) => Encoding.UTF8.GetString(Take(length));

    /// <summary>What is left, as text.</summary>
    public string Text() => Text(_rest.Length);

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw new InvalidDataException("A record is cut short.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
