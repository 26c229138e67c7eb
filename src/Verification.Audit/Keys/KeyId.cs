using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Verification.Audit.Keys;

/// <summary>Names a signing key: the first 16 bytes of SHA-256 of its public key's SubjectPublicKeyInfo in DER.</summary>
public readonly record struct KeyId
{
    /// <summary>The bytes of an id.</summary>
    public const int Size = 16;

    private readonly UInt128 _bits;

    private KeyId(UInt128 bits) => _bits = bits;

    /// <summary>The id of a public key.</summary>
    /// <param name="publicKeyInfo">Its SubjectPublicKeyInfo in DER.</param>
    public static KeyId Of(ReadOnlySpan<byte> publicKeyInfo)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKeyInfo, hash);
        return Read(hash);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => _bits.ToString("x32", null);

    internal static KeyId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    internal void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _bits);
}
