using System.Security.Cryptography.X509Certificates;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>Redis behind TLS, by the standard connection string.</summary>
public sealed class RedisTlsTests : IAsyncLifetime
{
    private const string Host = "redis.example";
    private const string IssuerVariable = "SERedis_IssuerCertPath";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verification-tls-");
    private readonly TestCertificates _authority = new("Redis test authority");
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = _authority.Issue(Host, now.AddDays(-1), now.AddDays(1), forServers: true);
        using var key = certificate.GetECDsaPrivateKey()!;
        _redis = await RedisServer.StartNewAsync(
            "--port", "0", "--tls-port", "{port}", "--tls-auth-clients", "no",
            "--tls-cert-file", Write("redis.crt", certificate.ExportCertificatePem()),
            "--tls-key-file", Write("redis.key", key.ExportPkcs8PrivateKeyPem()),
            "--tls-ca-cert-file", Write("ca.crt", _authority.Authority.ExportCertificatePem()));
    }

    public async ValueTask DisposeAsync()
    {
        Trust(null);
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Verify_RedisOfATrustedAuthority_SharesPermits()
    {
        Trust("ca.crt");
        await using var nodes = await Sharing.StartAsync($"{_redis.ConnectionString},ssl=true,sslHost={Host}");

        await nodes.AssertSharesAsync();
    }

    [Theory]
    [InlineData("ca.crt", "another.example")]
    [InlineData("another.crt", Host)]
    [InlineData(null, Host)]
    public async Task Verify_RedisThatCannotBeTrusted_IsNotTalkedToAndTheLogSaysWhy(string? authority, string host)
    {
        using var another = new TestCertificates("Another authority");
        Write("another.crt", another.Authority.ExportCertificatePem());
        Trust(authority);
        await using var nodes = await Sharing.StartAsync($"{_redis.ConnectionString},ssl=true,sslHost={host}");

        await nodes.AssertSharesNothingAsync(15);

        await nodes.AssertLoggedAsync("The remote certificate");
    }

    private void Trust(string? authority) =>
        Environment.SetEnvironmentVariable(IssuerVariable, authority is null ? null : Path.Combine(_folder.FullName, authority));

    private string Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        File.WriteAllText(path, text);
        return path;
    }
}
