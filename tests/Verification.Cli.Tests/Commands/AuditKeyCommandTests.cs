using Verification.Audit.Keys;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class AuditKeyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audit-key-");

    private string KeyFile => Path.Combine(_folder.FullName, "key.pem");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Key_NewFile_HoldsAKeyForItsOwnerAlone()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "key", KeyFile, "--json");

        Assert.Equal((ExitCode.Answered, string.Empty), (result.ExitCode, result.Error));
        using var key = SigningKey.Read(KeyFile);
        Assert.Equal(key.Id.ToString(), result.Json.GetProperty("id").GetString());
        using var told = VerifyingKey.FromPem(result.Json.GetProperty("public_key").GetString()!, "output");
        Assert.Equal(key.Id, told.Id);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public async Task Key_Text_SaysWhatToDoWithItAndNotTheSecret()
    {
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "key", KeyFile);

        Assert.Contains("Verification:Audit:SigningKeyFile", result.Output, StringComparison.Ordinal);
        Assert.Contains("PUBLIC KEY", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_FileThatIsThere_IsLeftAsItIs()
    {
        await File.WriteAllTextAsync(KeyFile, "older", TestContext.Current.CancellationToken);
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "key", KeyFile);

        Assert.Equal((ExitCode.BadInput, string.Empty), (result.ExitCode, result.Output));
        Assert.Equal("older", await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken));
    }
}
