using System.Buffers.Binary;

namespace Verification.Audit.Format;

/// <summary>A block's hash, which binds it and every block before it.</summary>
public readonly record struct BlockHash
{
    /// <summary>The bytes of a hash.</summary>
    public const int Size = 32;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private BlockHash(UInt128 first, UInt128 second) => (_first, _second) = (first, second);

    /// <summary>What a log's first block names as the hash before it: zeros.</summary>
    public static BlockHash None => default;

    /// <summary>Reads a hash from its bytes.</summary>
    public static BlockHash Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Writes its bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _second);
    }

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => _first.ToString("x32", null) + _second.ToString("x32", null);
}
