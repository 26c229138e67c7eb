using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Verification.Audit.Format;

/// <summary>
/// Writes values one behind the other. Single bytes are not held against the end of the room, which would cost as much as everything else:
/// whoever makes one gives it room for the most that <see cref="DraftRules"/> let through.
/// </summary>
internal ref struct ByteWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private readonly ref byte _start = ref MemoryMarshal.GetReference(destination);
    private int _length;

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Written => _destination[.._length];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value) => Unsafe.Add(ref _start, _length++) = value;

    /// <summary>Seven bits a byte, the lowest first, the eighth set on all but the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    /// <summary>As <see cref="Number"/>, with the sign in the lowest bit: 0, -1, 1, -2 are 0, 1, 2, 3.</summary>
    public void Signed(long value) => Number((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void Bytes(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Utf8(scoped ReadOnlySpan<char> text) => _length += Encoding.UTF8.GetBytes(text, _destination[_length..]);

    /// <summary>Room to be filled by the caller.</summary>
    public Span<byte> Take(int length)
    {
        var taken = _destination.Slice(_length, length);
        _length += length;
        return taken;
    }
}
