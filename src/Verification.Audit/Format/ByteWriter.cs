using System.Buffers.Binary;
using System.Text;

namespace Verification.Audit.Format;

/// <summary>Writes values one behind the other.</summary>
internal ref struct ByteWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _destination[..Length];

    public void Byte(byte value) => _destination[Length++] = value;

    /// <summary>Seven bits a byte, the lowest first, the eighth set on all but the last.</summary>
    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _destination[Length++] = (byte)(value | 0x80);
        }

        _destination[Length++] = (byte)value;
    }

    /// <summary>As <see cref="Number"/>, with the sign in the lowest bit: 0, -1, 1, -2 are 0, 1, 2, 3.</summary>
    public void Signed(long value) => Number((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_destination[Length..], value);
        Length += sizeof(ulong);
    }

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Length..]);
        Length += bytes.Length;
    }

    public void Utf8(scoped ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, _destination[Length..]);

    /// <summary>Room to be filled by the caller.</summary>
    public Span<byte> Take(int length)
    {
        var taken = _destination.Slice(Length, length);
        Length += length;
        return taken;
    }
}
