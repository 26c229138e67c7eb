using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Verification.Client;

/// <summary>Certificates from PEM files. What is wrong is told with the file's name.</summary>
internal static class PemFiles
{
    /// <summary>Reads a certificate with its private key.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds no such thing.</exception>
    public static X509Certificate2 ReadCertificate(string certificateFile, string? keyFile)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            return OperatingSystem.IsWindows() ? Kept(certificate) : certificate;
        }
        // The latter where the key is another certificate's.
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            throw new CryptographicException(
                $"{certificateFile}{(keyFile is null ? "" : $" and {keyFile}")} are no certificate with its private key in PEM: {cause.Message}", cause);
        }
    }

    /// <summary>Reads the certificates of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds none, or a broken one.</exception>
    public static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (CryptographicException cause)
        {
            throw new CryptographicException($"{file} holds a broken certificate: {cause.Message}", cause);
        }
        return authorities.Count > 0 ? authorities : throw new CryptographicException($"{file} holds no certificate in PEM.");
    }

    /// <summary>Windows' TLS uses no key that is only in memory.</summary>
    private static X509Certificate2 Kept(X509Certificate2 certificate)
    {
        using (certificate)
        {
            var bytes = certificate.Export(X509ContentType.Pkcs12);
#if NET9_0_OR_GREATER
            return X509CertificateLoader.LoadPkcs12(bytes, password: null);
#else
            return new X509Certificate2(bytes);
#endif
        }
    }
}
