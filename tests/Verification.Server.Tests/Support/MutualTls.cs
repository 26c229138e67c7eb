using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace Verification.Server.Tests.Support;

/// <summary>What a server and its callers need for mutual TLS: an authority, its files, and channels with certificates.</summary>
internal sealed class MutualTls : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public TestCertificates Authority { get; } = new("Authority");

    /// <summary>Trusts the authority, at the test's time.</summary>
    public X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { Authority.Authority },
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationTime = TestServer.Now.UtcDateTime,
        VerificationTimeIgnored = false,
    };

    /// <summary>The arguments of a server with one more endpoint, which asks for certificates.</summary>
    public IEnumerable<string> Arguments(X509RevocationMode revocationMode = X509RevocationMode.NoCheck)
    {
        var ca = Path.Combine(_folder, "ca.pem");
        var pfx = Path.Combine(_folder, "server.pfx");
        File.WriteAllText(ca, Authority.Authority.ExportCertificatePem());
        using var own = Authority.Issue("localhost", forServers: true);
        File.WriteAllBytes(pfx, own.Export(X509ContentType.Pkcs12));
        return
        [
            "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
            "--Kestrel:Endpoints:Tls:Protocols=Http2",
            $"--Kestrel:Endpoints:Tls:Certificate:Path={pfx}",
            $"--Verification:ClientCertificates:AuthorityFile={ca}",
            $"--Verification:ClientCertificates:RevocationMode={revocationMode}",
        ];
    }

    /// <summary>A channel with a certificate, or without.</summary>
    public GrpcChannel Connect(TestServer server, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = Trust;
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate];
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!;
        return GrpcChannel.ForAddress(
            server.Addresses[2].Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public void Dispose()
    {
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
