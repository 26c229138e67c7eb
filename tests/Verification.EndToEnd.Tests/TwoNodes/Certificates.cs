using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Verification.EndToEnd.Tests.TwoNodes;

/// <summary>An authority, and the certificate that both nodes serve by, which is replaced now and then.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;
    private readonly string _folder;
    private readonly IPAddress[] _nodes;

    public Certificates(string folder, params IPAddress[] nodes)
    {
        (_folder, _nodes) = (folder, nodes);
        var request = new CertificateRequest("CN=Authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(30));
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
        Replace();
    }

    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public string CertificateFile => Path.Combine(_folder, "tls.crt");

    public string KeyFile => Path.Combine(_folder, "tls.key");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    /// <summary>Puts another certificate and its key in the place of the old ones.</summary>
    /// <returns>Its thumbprint.</returns>
    public string Replace()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(_nodes, names.AddIpAddress);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        using var issued = request.Create(_authority, Now.AddDays(-1), Now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        Write(KeyFile, key.ExportPkcs8PrivateKeyPem());
        Write(CertificateFile, issued.ExportCertificatePem());
        return issued.Thumbprint;
    }

    /// <summary>The thumbprint of the certificate that a new connection is shown; null where nobody listens.</summary>
    public static async Task<string?> PresentedAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            await using var stream = new SslStream(client.GetStream());
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,
                RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
            };
            await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
            return ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all, as an operator's tool does.</summary>
    private static void Write(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
