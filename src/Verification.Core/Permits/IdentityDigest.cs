using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Verification.Core.Permits;

/// <summary>
/// A keyed digest of an identity number, bound to one permit and one role, so that nobody can be followed from one permit to
/// another. Made by <see cref="IdentityDigester"/>.
/// </summary>
/// <remarks>A value of 36 bytes: the id of the key and HMAC-SHA256.</remarks>
public readonly record struct IdentityDigest
{
    /// <summary>The bytes of a digest as stored.</summary>
    public const int Size = sizeof(uint) + HMACSHA256.HashSizeInBytes;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    internal IdentityDigest(uint keyId, ReadOnlySpan<byte> hash)
    {
        KeyId = keyId;
        _a = BinaryPrimitives.ReadUInt64BigEndian(hash);
        _b = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
    }

    /// <summary>The id of the key that the digest was made with; see <see cref="IdentityDigester.KeyId"/>.</summary>
    public uint KeyId { get; }

    /// <summary>The first half of HMAC-SHA256: enough to tell digests apart where all were made with one key.</summary>
    public UInt128 First128Bits => new(_a, _b);

    /// <summary>The digest that <see cref="ToBase64"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no digest.</exception>
    public static IdentityDigest FromBase64(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!Convert.TryFromBase64String(text, bytes, out var written) || written != Size)
        {
            throw new FormatException("The text is no identity digest.");
        }

        return new IdentityDigest(BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..]);
    }

    /// <summary>The same off ASCII.</summary>
    /// <returns>False when it is no digest.</returns>
    internal static bool TryFromBase64(ReadOnlySpan<byte> ascii, out IdentityDigest digest)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isDigest = Base64.DecodeFromUtf8(ascii, bytes, out _, out var written) == OperationStatus.Done && written == Size;
        digest = isDigest ? new IdentityDigest(BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..]) : default;
        return isDigest;
    }

    /// <summary>The digest as text: key id and hash, in Base64.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[12..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[20..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[28..], _d);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Only that it is a digest, and by which key.</summary>
    public override string ToString() => $"(identity digest by key {KeyId:x8})";
}
