using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Verification.Server.Access.Consumers;

/// <summary>An API key by its SHA-256 digest; the key itself is never kept. Compared in constant time.</summary>
/// <remarks>A plain digest is enough, as keys are 256 random bits: there is nothing to guess and so nothing to slow down.</remarks>
internal sealed record ApiKey : Credential
{
    private const int MaxKeyLength = 256;

    private readonly byte[] _digest;

    private ApiKey(byte[] digest) => _digest = digest;

    /// <summary>The digest's first bytes, by which it is found.</summary>
    public ulong Prefix => BinaryPrimitives.ReadUInt64LittleEndian(_digest);

    /// <summary>A key as its bearer sends it; null when it is too long for one.</summary>
    public static ApiKey? FromText(ReadOnlySpan<char> key)
    {
        if (key.Length is 0 or > MaxKeyLength)
        {
            return null;
        }

        Span<byte> utf8 = stackalloc byte[MaxKeyLength * 3];
        var length = Encoding.UTF8.GetBytes(key, utf8);
        var digest = SHA256.HashData(utf8[..length]);
        CryptographicOperations.ZeroMemory(utf8[..length]);
        return new ApiKey(digest);
    }

    /// <summary>A key by its digest in hexadecimal; null when the text is none.</summary>
    public static ApiKey? FromDigest(string hex)
    {
        var digest = new byte[SHA256.HashSizeInBytes];
        return hex.Length == digest.Length * 2
            && Convert.FromHexString(hex, digest, out _, out _) == System.Buffers.OperationStatus.Done
                ? new ApiKey(digest)
                : null;
    }

    /// <inheritdoc/>
    public bool Equals(ApiKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(_digest, other._digest);

    /// <inheritdoc/>
    public override int GetHashCode() => Prefix.GetHashCode();

    /// <summary>Says nothing: not even a digest belongs in a log.</summary>
    public override string ToString() => nameof(ApiKey);

    /// <inheritdoc/>
    protected override AccessDecision? Find(ConsumerSet set) =>
        set.TryFind(this, out var grant) ? new AccessDecision(set, grant.Consumer, grant.Validity) : null;
}
