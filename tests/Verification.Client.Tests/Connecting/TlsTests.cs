using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Verification.Client.Tests.Connecting;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("client-");
    private readonly TestAuthority _authority = new("Private authority");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AuthorityFile_CertificateOfThatAuthority_IsTrusted()
    {
        using var certificate = _authority.Issue("service");
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.UseHttps(certificate));
        service.Script.Verify = request => Answers.To(request);
        using var client = new PermitVerificationClient(
            new() { Address = service.Address, ApiKey = "key", AuthorityFile = Write("ca.pem", _authority.Certificate.ExportCertificatePem()) });

        Assert.True((await client.VerifyAsync("BJ2024D00001", Token)).IsValid);
        Assert.Equal(["Bearer key"], service.Script.Authorizations);
    }

    [Fact]
    public async Task AuthorityFile_CertificateOfAnotherAuthority_IsNot()
    {
        using var other = new TestAuthority("Another");
        using var certificate = other.Issue("service");
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.UseHttps(certificate));
        using var client = new PermitVerificationClient(
            new() { Address = service.Address, ApiKey = "key", AuthorityFile = Write("ca.pem", _authority.Certificate.ExportCertificatePem()) });

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.VerifyAsync("BJ2024D00001", Token));

        Assert.Equal((ConnectionFault.Untrusted, false), (exception.Fault.Connection, exception.CouldNotTell));
        Assert.Empty(service.Script.Authorizations);
    }

    /// <summary>Several nodes behind one name: the certificate is checked for the name, not for the node's address.</summary>
    [Fact]
    public async Task BalanceOverDns_CertificateForTheName_IsTrusted()
    {
        using var certificate = _authority.Issue("service");
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.UseHttps(certificate));
        service.Script.Verify = request => Answers.To(request);
        using var client = new PermitVerificationClient(new()
        {
            Address = new($"https://localhost:{service.Address.Port}"),
            BalanceOverDns = true,
            AuthorityFile = Write("ca.pem", _authority.Certificate.ExportCertificatePem()),
        });

        Assert.True((await client.VerifyAsync("BJ2024D00001", Token)).IsValid);
    }

    [Fact]
    public async Task CertificateFile_Replaced_IsShownOnTheNextConnection()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var shown = new List<string>();
        using var certificate = _authority.Issue("service");
        await using var service = await FakeService.FakeService.StartAsync(endpoint => endpoint.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        }));
        service.Script.VerifyAsync = (request, context) =>
        {
            var http = context.GetHttpContext();
            shown.Add(http.Connection.ClientCertificate!.Subject);
            http.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();
            return Task.FromResult(Answers.To(request));
        };
        var file = WriteCertificate("consumer-1");
        var options = new PermitVerificationOptions
        {
            Address = service.Address,
            CertificateFile = file,
            CertificateKeyFile = file + ".key",
            AuthorityFile = Write("ca.pem", _authority.Certificate.ExportCertificatePem()),
            TimeProvider = time,
        };
        using (var client = new PermitVerificationClient(options))
        {
            await client.VerifyAsync("BJ2024D00001", Token);
            var old = await File.ReadAllTextAsync(file, Token);
            WriteCertificate("consumer-2");
            var written = await File.ReadAllTextAsync(file, Token);

            // One of the two files is always the first to be replaced: until the other is, the old certificate is shown.
            await File.WriteAllTextAsync(file, old, Token);
            time.Advance(TimeSpan.FromSeconds(2));
            await client.VerifyAsync("BJ2024D00001", Token);
            Assert.Equal(shown[0], shown[^1]);

            await File.WriteAllTextAsync(file, written, Token);
            time.Advance(TimeSpan.FromSeconds(2));
            // The service closes each connection; when the client hears of it is not in the test's hands.
            for (var call = 0; call < 1_000 && shown[^1] == shown[0]; call++)
                await client.VerifyAsync("BJ2024D00001", Token);
        }

        Assert.Equal(["CN=consumer-1", "CN=consumer-2"], shown.Distinct());
    }

    [Fact]
    public void Constructor_FilesThatAreWrong_NamesEachOfThem()
    {
        var noCertificate = Write("no.pem", "nothing");

        var exception = Assert.Throws<ArgumentException>(() => new PermitVerificationClient(
            new() { Address = new("https://localhost"), CertificateFile = noCertificate, AuthorityFile = noCertificate, ApiKey = "a b" }));

        Assert.Contains("CertificateFile", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AuthorityFile", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ApiKey", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private string WriteCertificate(string name)
    {
        using var certificate = _authority.Issue(name);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!;
        Write("consumer.pem.key", key.ExportPkcs8PrivateKeyPem());
        return Write("consumer.pem", certificate.ExportCertificatePem());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
