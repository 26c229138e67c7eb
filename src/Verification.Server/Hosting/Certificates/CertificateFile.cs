using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
        _seen = ReadBytes();
        _current = Load();
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
            var bytes = ReadBytes();
            if (bytes.AsSpan().SequenceEqual(_seen))
            {
                return false;
            }

            _seen = bytes;
            Volatile.Write(ref _current, Load());
            problem = null;
            return true;
        }
        catch (Exception cause) when (cause is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Between two files that are replaced one after the other; the next look finds both.
            problem = cause.Message;
            return false;
        }
    }

    private byte[] ReadBytes() =>
        SHA256.HashData([.. File.ReadAllBytes(_path), .. _keyPath is null ? [] : File.ReadAllBytes(_keyPath)]);

    private SslStreamCertificateContext Load()
    {
        var others = new X509Certificate2Collection();
        if (_keyPath is null)
        {
            var bytes = File.ReadAllBytes(_path);
            if (X509Certificate2.GetCertContentType(bytes) == X509ContentType.Pkcs12)
            {
                others = X509CertificateLoader.LoadPkcs12Collection(bytes, _password);
                var own = others.FirstOrDefault(certificate => certificate.HasPrivateKey)
                    ?? throw new CryptographicException("It has no private key.");
                others.Remove(own);
                return SslStreamCertificateContext.Create(own, others, offline: true);
            }
        }

        others.ImportFromPemFile(_path);
        using var bare = _password is null
            ? X509Certificate2.CreateFromPemFile(_path, _keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(_path, _password, _keyPath);
        others.Remove(others.First(certificate => certificate.Thumbprint == bare.Thumbprint));

        // Through PKCS#12, as TLS needs a key that is not only in memory on some systems.
        return SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null), others, offline: true);
    }
}
