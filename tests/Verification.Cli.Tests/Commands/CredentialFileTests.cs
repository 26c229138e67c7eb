using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

/// <summary><c>--ca</c>, <c>--cert</c>, <c>--key</c> and <c>--token-file</c>, over real TLS.</summary>
public sealed class CredentialFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("permitctl-tests-");
    private readonly X509Certificate2 _server = Certificate("localhost");

    [Fact]
    public async Task Authority_OfTheService_IsTrusted()
    {
        await using var cli = await StartAsync();

        var without = await cli.RunAsync("verify", "BJ2024000017");
        var with = await cli.RunAsync("verify", "BJ2024000017", "--ca", Pem("ca.pem", _server.ExportCertificatePem()));

        Assert.Equal(ExitCode.BadInput, without.ExitCode);
        Assert.Contains("is not trusted", without.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Answered, ""), (with.ExitCode, with.Error));
    }

    [Fact]
    public async Task Authority_OfAnother_IsNotTrusted()
    {
        await using var cli = await StartAsync();
        using var other = Certificate("localhost");

        var result = await cli.RunAsync("verify", "BJ2024000017", "--ca", Pem("ca.pem", other.ExportCertificatePem()));

        Assert.Equal((ExitCode.BadInput, ""), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Certificate_OfTheUser_IsShownToTheService(bool inOneFile)
    {
        await using var cli = await StartAsync(ClientCertificateMode.RequireCertificate);
        using var mine = Certificate("clerk-7");
        var key = mine.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        string[] options = inOneFile
            ? ["--cert", Pem("mine.pem", mine.ExportCertificatePem() + "\n" + key)]
            : ["--cert", Pem("mine.pem", mine.ExportCertificatePem()), "--key", Pem("key.pem", key)];

        var result = await cli.RunAsync(["verify", "BJ2024000017", "--ca", Pem("ca.pem", _server.ExportCertificatePem()), .. options]);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(["CN=clerk-7"], cli.Script.Certificates);
    }

    [Fact]
    public async Task Token_OfAFile_IsSent()
    {
        await using var cli = await CommandLine.StartAsync();
        cli.Script.Verify = _ => Samples.Valid();

        await cli.RunAsync("verify", "BJ2024000017", "--token-file", Pem("token", "eyJ.first.token\n"));

        Assert.Equal(["Bearer eyJ.first.token"], cli.Script.Authorizations);
    }

    [Theory]
    [InlineData("--ca", "no certificate")]
    [InlineData("--cert", "no certificate")]
    [InlineData("--token-file", " \n")]
    public async Task File_OfSomethingElse_IsNamedAndNotShown(string option, string text)
    {
        await using var cli = await StartAsync();
        var file = Pem("wrong", text);

        var result = await cli.RunAsync("verify", "BJ2024000017", option, file);

        Assert.Equal((ExitCode.BadInput, $"error: {option} names a file that is not what it should be: {file}\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("--ca")]
    [InlineData("--cert")]
    [InlineData("--token-file")]
    public async Task File_ThatIsNotThere_IsNamed(string option)
    {
        await using var cli = await StartAsync();
        var file = Path.Combine(_folder.FullName, "nothing");

        var result = await cli.RunAsync("verify", "BJ2024000017", option, file);

        Assert.Equal((ExitCode.BadInput, $"error: {option} names a file that cannot be read: {file}\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("--key needs --cert", "--key", "k.pem")]
    [InlineData("--ca and --cert need an address that begins with https://", "--ca", "c.pem")]
    [InlineData("--api-key and --token-file exclude each other", "--api-key", "k", "--token-file", "t")]
    public async Task Options_ThatDoNotFit_AreRefused(string message, params string[] options)
    {
        await using var cli = await CommandLine.StartAsync();

        Assert.Equal($"error: {message}\n", (await cli.RunAsync(["verify", "BJ2024000017", .. options])).Error);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var whole = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private async Task<CommandLine> StartAsync(ClientCertificateMode clients = ClientCertificateMode.NoCertificate)
    {
        var cli = await CommandLine.StartAsync(endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            endpoint.UseHttps(_server, tls =>
            {
                tls.ClientCertificateMode = clients;
                tls.AllowAnyClientCertificate();
            });
        });
        cli.Variables["VERIFICATION_ADDRESS"] = new UriBuilder(cli.Address) { Scheme = "https" }.Uri.ToString();
        cli.Script.Verify = _ => Samples.Valid();
        return cli;
    }

    private string Pem(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
