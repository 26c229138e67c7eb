using System.Security.Cryptography.X509Certificates;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Consumers.Access;

/// <summary>Mutual TLS, over real connections.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly TestCertificates _authority = new("Authority");
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ClientCertificate_EveryState_IsLetInOnlyWhenRight()
    {
        using var stranger = new TestCertificates("Authority");
        using var pinned = _authority.Issue("pinned.example");
        var cases = new (X509Certificate2? Certificate, string Expected)[]
        {
            (null, "CREDENTIAL_MISSING"),
            (_authority.Issue("named.example"), "OK"),
            (_authority.Issue("NAMED.example"), "OK"),
            (pinned, "OK"),
            (_authority.Issue("other.example"), "CREDENTIAL_INVALID"),
            (_authority.Issue("a.named.example"), "CREDENTIAL_INVALID"),
            (stranger.Issue("named.example"), "CREDENTIAL_INVALID"),
            (_authority.Issue("named.example", forServers: true), "CREDENTIAL_INVALID"),
            (_authority.Issue("named.example", until: TestServer.Now.AddMinutes(-1)), "CREDENTIAL_EXPIRED"),
            (_authority.Issue("named.example", from: TestServer.Now.AddMinutes(1)), "CREDENTIAL_NOT_YET_VALID"),
            (_authority.Issue("revoked.example"), "CREDENTIAL_REVOKED"),
        };
        await using var server = await StartAsync("NoCheck", TestCertificates.PinOf(pinned));

        foreach (var (certificate, expected) in cases)
        {
            Assert.Equal((certificate?.Subject, expected), (certificate?.Subject, await AskAsync(server, certificate)));
            certificate?.Dispose();
        }
    }

    [Fact]
    public async Task ClientCertificate_RevocationCannotBeLookedUp_IsRefused()
    {
        using var certificate = _authority.Issue("named.example");
        await using var server = await StartAsync("Offline", new string('0', 64));

        Assert.Equal("CREDENTIAL_INVALID", await AskAsync(server, certificate));
    }

    [Fact]
    public async Task ClientCertificate_ExpiresOnAnOpenConnection_BitesWithTheNextCall()
    {
        using var certificate = _authority.Issue("named.example");
        await using var server = await StartAsync("NoCheck", new string('0', 64));
        using var channel = Connect(server, certificate);

        Assert.Equal("OK", await AskAsync(channel));
        Assert.Equal("OK", await AskAsync(channel));
        server.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("CREDENTIAL_EXPIRED", await AskAsync(channel));
    }

    [Fact]
    public async Task ClientCertificate_BesideAKey_TheKeyDecides()
    {
        using var certificate = _authority.Issue("named.example");
        await using var server = await StartAsync("NoCheck", new string('0', 64));
        using var channel = Connect(server, certificate);

        Assert.Equal("OK", await AskAsync(channel, "housing"));
        Assert.Equal("CREDENTIAL_INVALID", await AskAsync(channel, "nobody's"));
    }

    private GrpcChannel Connect(TestServer server, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _authority.Authority },
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = TestServer.Now.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate];
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!;
        return GrpcChannel.ForAddress(
            server.Addresses[2].Replace("127.0.0.1", "localhost", StringComparison.Ordinal), new GrpcChannelOptions { HttpHandler = handler });
    }

    private async Task<string> AskAsync(TestServer server, X509Certificate2? certificate)
    {
        using var channel = Connect(server, certificate);
        return await AskAsync(channel);
    }

    private static async Task<string> AskAsync(GrpcChannel channel, string? key = null)
    {
        var headers = key is null ? new Metadata() : new Metadata { { "authorization", $"Bearer {key}" } };
        try
        {
            await new VerificationService.VerificationServiceClient(channel).VerifyPermitAsync(Calls.Check("BJ2024000017"), headers);
            return "OK";
        }
        catch (RpcException error)
        {
            Assert.True(error.StatusCode == StatusCode.Unauthenticated, error.ToString());
            return error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;
        }
    }

    private async Task<TestServer> StartAsync(string revocationMode, string pin)
    {
        var ca = Path.Combine(_folder, "ca.pem");
        var pfx = Path.Combine(_folder, "server.pfx");
        await File.WriteAllTextAsync(ca, _authority.Authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using var own = _authority.Issue("localhost", forServers: true);
        await File.WriteAllBytesAsync(pfx, own.Export(X509ContentType.Pkcs12), TestContext.Current.CancellationToken);
        return await TestServer.StartAsync(args:
        [
            "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
            "--Kestrel:Endpoints:Tls:Protocols=Http2",
            $"--Kestrel:Endpoints:Tls:Certificate:Path={pfx}",
            $"--Verification:ClientCertificates:AuthorityFile={ca}",
            $"--Verification:ClientCertificates:RevocationMode={revocationMode}",
            .. TestConsumers.School("named", "Certificates:0:San=named.example", "Certificates:1:San=revoked.example", "Certificates:1:Revoked=true"),
            .. TestConsumers.School("pinned", $"Certificates:0:SpkiSha256={pin}"),
        ]);
    }
}
