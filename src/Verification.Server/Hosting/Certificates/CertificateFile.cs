using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting.Certificates;

/// <summary>A certificate of the server that comes from files, as it is now.</summary>
internal sealed class CertificateFile
{
    private readonly string _path;
    private readonly string? _keyPath;
    private readonly string? _password;
    private byte[] _seen;
    private SslStreamCertificateContext _current;

    private CertificateFile(string name, string path, string? keyPath, string? password)
    {
        (Name, _path, _keyPath, _password) = (name, path, keyPath, password);
        var (certificate, key) = ReadBytes();
        _seen = Digest(certificate, key);
        _current = Load(certificate, key);
    }

    /// <summary>Where it stands in the settings, as in <c>Endpoints:Grpc</c>.</summary>
    public string Name { get; }

    /// <summary>The certificate and those between it and its authority.</summary>
    public SslStreamCertificateContext Current => Volatile.Read(ref _current);

    /// <summary>Reads one; null where it does not come from a file.</summary>
    /// <exception cref="Exception">See <see cref="TryReload"/>.</exception>
    public static CertificateFile? Read(string name, ServerCertificateSettings settings, string root) => settings.Path is not { } path ? null
        : new CertificateFile(name, Path.Combine(root, path), settings.KeyPath is { } key ? Path.Combine(root, key) : null, settings.Password);

    /// <summary>Takes over what the files hold, where that is another whole certificate.</summary>
    /// <param name="problem">Why what they hold now cannot be taken; told once for the same bytes.</param>
    /// <returns>Whether it was taken over.</returns>
    public bool TryReload([NotNullWhen(false)] out string? problem)
    {
        problem = string.Empty;
        try
        {
            var (certificate, key) = ReadBytes();
            var digest = Digest(certificate, key);
            if (digest.AsSpan().SequenceEqual(_seen))
            {
                return false;
            }

            _seen = digest;
            Volatile.Write(ref _current, Load(certificate, key));
            problem = null;
            return true;
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            // Half written, or between two files that are replaced one after the other: the next look finds both. Whatever stands in a file, a node
            // that runs goes on.
            problem = cause.Message;
            return false;
        }
    }

    /// <summary>Reads each file once: what is made of the bytes is of one certificate, whatever is put in their place meanwhile.</summary>
    private (byte[] Certificate, byte[]? Key) ReadBytes() => (File.ReadAllBytes(_path), _keyPath is null ? null : File.ReadAllBytes(_keyPath));

    private static byte[] Digest(byte[] certificate, byte[]? key) => SHA256.HashData([.. certificate, .. key ?? []]);

    private SslStreamCertificateContext Load(byte[] certificate, byte[]? key)
    {
        var others = new X509Certificate2Collection();
        if (key is null && X509Certificate2.GetCertContentType(certificate) == X509ContentType.Pkcs12)
        {
            others = X509CertificateLoader.LoadPkcs12Collection(certificate, _password);
            var own = others.FirstOrDefault(other => other.HasPrivateKey) ?? throw new CryptographicException("It has no private key.");
            others.Remove(own);
            return SslStreamCertificateContext.Create(own, others, offline: true);
        }

        var pem = Encoding.UTF8.GetString(certificate);
        var keyPem = key is null ? pem : Encoding.UTF8.GetString(key);
        others.ImportFromPem(pem);
        using var bare = _password is null
            ? X509Certificate2.CreateFromPem(pem, keyPem)
            : X509Certificate2.CreateFromEncryptedPem(pem, keyPem, _password);
        others.Remove(others.First(other => other.Thumbprint == bare.Thumbprint));

        // Through PKCS#12, as TLS needs a key that is not only in memory on some systems.
        return SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null), others, offline: true);
    }
}
