using System.Security.Cryptography.X509Certificates;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>Mutual TLS, over real connections.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly MutualTls _tls = new();

    public void Dispose() => _tls.Dispose();

    [Fact]
    public async Task ClientCertificate_EveryState_IsLetInOnlyWhenRight()
    {
        using var stranger = new TestCertificates("Authority");
        using var pinned = _tls.Authority.Issue("pinned.example");
        var cases = new (X509Certificate2? Certificate, string Expected)[]
        {
            (null, "CREDENTIAL_MISSING"),
            (_tls.Authority.Issue("named.example"), "OK"),
            (_tls.Authority.Issue("NAMED.example"), "OK"),
            (pinned, "OK"),
            (_tls.Authority.Issue("other.example"), "CREDENTIAL_INVALID"),
            (_tls.Authority.Issue("a.named.example"), "CREDENTIAL_INVALID"),
            (stranger.Issue("named.example"), "CREDENTIAL_INVALID"),
            (_tls.Authority.Issue("named.example", forServers: true), "CREDENTIAL_INVALID"),
            (_tls.Authority.Issue("named.example", until: TestServer.Now.AddMinutes(-1)), "CREDENTIAL_EXPIRED"),
            (_tls.Authority.Issue("named.example", from: TestServer.Now.AddMinutes(1)), "CREDENTIAL_NOT_YET_VALID"),
            (_tls.Authority.Issue("revoked.example"), "CREDENTIAL_REVOKED"),
        };
        await using var server = await StartAsync(TestCertificates.PinOf(pinned));

        foreach (var (certificate, expected) in cases)
        {
            Assert.Equal((certificate?.Subject, expected), (certificate?.Subject, await AskAsync(server, certificate)));
            certificate?.Dispose();
        }
    }

    [Fact]
    public async Task ClientCertificate_ExpiresOnAnOpenConnection_BitesWithTheNextCall()
    {
        using var certificate = _tls.Authority.Issue("named.example");
        await using var server = await StartAsync(new string('0', 64));
        using var channel = _tls.Connect(server, certificate);

        Assert.Equal("OK", await AskAsync(channel));
        Assert.Equal("OK", await AskAsync(channel));
        server.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("CREDENTIAL_EXPIRED", await AskAsync(channel));
    }

    [Fact]
    public async Task ClientCertificate_BesideAKey_TheKeyDecides()
    {
        using var certificate = _tls.Authority.Issue("named.example");
        await using var server = await StartAsync(new string('0', 64));
        using var channel = _tls.Connect(server, certificate);

        Assert.Equal("OK", await AskAsync(channel, "housing"));
        Assert.Equal("CREDENTIAL_INVALID", await AskAsync(channel, "nobody's"));
    }

    private async Task<string> AskAsync(TestServer server, X509Certificate2? certificate)
    {
        using var channel = _tls.Connect(server, certificate);
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

    private Task<TestServer> StartAsync(string pin) => TestServer.StartAsync(args:
    [
        .. _tls.Arguments(),
        .. TestConsumers.School("named", "Certificates:0:San=named.example", "Certificates:1:San=revoked.example", "Certificates:1:Revoked=true"),
        .. TestConsumers.School("pinned", $"Certificates:0:SpkiSha256={pin}"),
    ]);
}
