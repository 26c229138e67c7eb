using System.Security.Cryptography;

namespace Verification.Audit.Keys;

/// <summary>A public key that heads are checked with. Safe for concurrent use.</summary>
public sealed class VerifyingKey : IDisposable
{
    /// <summary>The bytes of a signature: r and s, 32 each, big-endian.</summary>
    public const int SignatureSize = 64;

    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    private VerifyingKey(ECDsa key)
    {
        _key = key;
        Id = KeyId.Of(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Its id.</summary>
    public KeyId Id { get; }

    /// <summary>Reads a public key from a file: SubjectPublicKeyInfo in PEM. A private key does too, whose public half is taken.</summary>
    /// <exception cref="InvalidDataException">The file holds no such key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static VerifyingKey Read(string path) => FromPem(File.ReadAllText(path), path);

    /// <summary>Reads a public key, as <see cref="Read"/>.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="origin">Where it is from, for the error.</param>
    /// <exception cref="InvalidDataException">The text is no such key.</exception>
    public static VerifyingKey FromPem(string pem, string origin)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            P256.Demand(key, origin);
            return FromInfo(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw P256.NoKey(origin, "public key (SubjectPublicKeyInfo in PEM)", exception);
        }
    }

    /// <summary>SubjectPublicKeyInfo in PEM.</summary>
    public string ToPem() => _key.ExportSubjectPublicKeyInfoPem();

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal static VerifyingKey FromInfo(ReadOnlySpan<byte> publicKeyInfo)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKeyInfo, out _);
        return new VerifyingKey(key);
    }

    /// <summary>Whether a signature is by this key.</summary>
    internal bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            return _key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
