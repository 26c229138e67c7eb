using System.Security.Cryptography;

namespace Verification.Audit.Keys;

/// <summary>The private key that a node signs its heads with: ECDSA on P-256. Not safe for concurrent use.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        PublicKey = VerifyingKey.FromInfo(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Its public half.</summary>
    public VerifyingKey PublicKey { get; }

    /// <summary>Its id, which heads name.</summary>
    public KeyId Id => PublicKey.Id;

    /// <summary>Makes a new key.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key from a file: PKCS #8 in PEM.</summary>
    /// <exception cref="InvalidDataException">The file holds no such key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SigningKey Read(string path) => FromPem(File.ReadAllText(path), path);

    /// <summary>Reads a key: PKCS #8 in PEM.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="origin">Where it is from, for the error.</param>
    /// <exception cref="InvalidDataException">The text is no such key.</exception>
    public static SigningKey FromPem(string pem, string origin)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            P256.Demand(key, origin);

            // Fails where there is a public key alone.
            key.SignData("trial"u8, HashAlgorithmName.SHA256);
            return new SigningKey(key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw P256.NoKey(origin, "private key (PKCS #8 in PEM)", exception);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Writes the key to a new file, which nobody but its owner may read.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public void Write(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(_key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Signs a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="signature">Receives <see cref="VerifyingKey.SignatureSize"/> bytes: r and s, big-endian.</param>
    internal void Sign(ReadOnlySpan<byte> message, Span<byte> signature) =>
        _key.SignData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        PublicKey.Dispose();
    }
}
