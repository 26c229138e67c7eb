using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Verification.Core.Permits;

/// <summary>Makes the digests by which identity numbers are kept and compared: <c>HMAC-SHA256(key, permit ‖ role ‖ number)</c>, the document before any number but a resident's.</summary>
public sealed class IdentityDigester
{
    /// <summary>The fewest bytes of a key.</summary>
    public const int MinKeySize = 32;

    private readonly byte[] _key;

    /// <summary>A digester with a secret key of at least <see cref="MinKeySize"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public IdentityDigester(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinKeySize)
        {
            throw new ArgumentException($"An identity digest key has at least {MinKeySize} bytes.", nameof(key));
        }

        _key = key.ToArray();
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, "permits.verification identity digest key id"u8, hash);
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>Names the key without giving it away: derived from it, so that a wrong key is told from the right one.</summary>
    public uint KeyId { get; }

    /// <summary>Names a permit in logs: 16 hexadecimal digits that only who has the key can lead back to its number.</summary>
    public string NameOf(PermitNumber permit)
    {
        // Shorter than what a person's number is digested in: the two never coincide.
        Span<byte> message = stackalloc byte[PermitNumber.MaxLength];
        message.Clear();
        permit.TryFormat(message, out _);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    /// <summary>The digest of a person's number on one permit in one role. Allocates nothing.</summary>
    public IdentityDigest Digest(PermitNumber permit, SubjectRole role, IdentityNumber number)
    {
        // The permit's number varies in length: a fixed field, filled with zeros, keeps the parts apart.
        Span<byte> message = stackalloc byte[PermitNumber.MaxLength + 1 + 1 + IdentityNumber.MaxOtherLength];
        message.Clear();
        permit.TryFormat(message, out _);
        message[PermitNumber.MaxLength] = (byte)role;
        var length = PermitNumber.MaxLength + 1 + number.CopyTo(message[(PermitNumber.MaxLength + 1)..]);

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message[..length], hash);
        CryptographicOperations.ZeroMemory(message);
        return new IdentityDigest(KeyId, hash);
    }
}
