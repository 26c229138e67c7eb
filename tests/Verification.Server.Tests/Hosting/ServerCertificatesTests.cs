using System.Security.Cryptography.X509Certificates;
using Verification.Server.Configuration;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>Certificates that the framework does not find are told with all other problems, one by one.</summary>
public sealed class ServerCertificatesTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Path=server.pfx", "Password=right", null)]
    [InlineData("Path=server.pfx", "Password=wrong", "password")]
    [InlineData("Path=nowhere.pfx", "Password=right", "nowhere.pfx")]
    [InlineData("Path=ca.pem", "KeyPath=nowhere.key", "nowhere.key")]
    [InlineData("Path=noise.pfx", "Password=right", "")]
    [InlineData("Path=.", "Password=right", "")]
    [InlineData("Subject=nobody.example", "Store=My", "nobody.example")]
    [InlineData("Subject=nobody.example", "Location=Nowhere", "")]
    [InlineData("Path=server.pfx", "Subject=nobody.example", "")]
    public async Task Create_CertificateOfAnEndpoint_IsLoadedOrToldWithTheOthers(string setting, string another, string? problem)
    {
        WriteFiles();

        var problems = await ProblemsAsync("Kestrel:Endpoints:Tls:Certificate", setting, another);

        Assert.Equal(problem is not null, problems.Any(told => told.StartsWith("Kestrel:Endpoints:Tls: ", StringComparison.Ordinal)));
        Assert.True(problem is null || problems.Any(told => told.Contains(problem, StringComparison.OrdinalIgnoreCase)), string.Join('\n', problems));
    }

    [Fact]
    public async Task Create_DefaultCertificateMissing_IsToldOnceAndEndpointsOfTheirOwnAreLookedAt()
    {
        WriteFiles();

        var problems = await ProblemsAsync(
            "Kestrel", "Certificates:Default:Path=nowhere.pfx", "Endpoints:Other:Url=https://127.0.0.1:0", "Endpoints:Tls:Certificate:Path=elsewhere.pfx");

        Assert.Single(problems, told => told.StartsWith("Kestrel:Certificates:Default: ", StringComparison.Ordinal));
        Assert.Single(problems, told => told.StartsWith("Kestrel:Endpoints:Tls: ", StringComparison.Ordinal));
        Assert.DoesNotContain(problems, told => told.StartsWith("Kestrel:Endpoints:Other", StringComparison.Ordinal));
    }

    private void WriteFiles()
    {
        using var authority = new TestCertificates("Authority");
        using var own = authority.Issue("localhost", forServers: true);
        File.WriteAllBytes(Path.Combine(_folder, "server.pfx"), own.Export(X509ContentType.Pkcs12, "right"));
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), authority.Authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "noise.pfx"), "noise");
    }

    /// <summary>What is told beside a setting that is always wrong, so that nothing is opened.</summary>
    private async Task<IReadOnlyList<string>> ProblemsAsync(string section, params string[] settings)
    {
        string[] arguments =
        [
            "--Verification:Limits:Latitude=1",
            "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
            .. settings.Select(setting => $"--{section}:{setting.Replace("Path=", $"Path={_folder}/", StringComparison.Ordinal)}"),
        ];
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Program.CreateAsync(arguments, TimeProvider.System));
        Assert.Contains("Verification:Limits:Latitude is no setting.", refusal.Problems);
        return refusal.Problems;
    }
}
