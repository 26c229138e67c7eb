using System.Security.Cryptography;
using System.Text.Json;
using Verification.Audit.Keys;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class AuditExportCommandTests
{
    [Fact]
    public async Task Export_Log_IsAFolderThatVerifiesByItselfWithItsManifest()
    {
        using var written = await WrittenLog.CreateAsync();
        await using var cli = await CommandLine.StartAsync();
        var exported = written.PathOf("export");

        var result = await cli.RunAsync("audit", "export", exported, "--folder", written.Folder, "--key", written.PublicKey);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Contains("Result       as it was written", result.Lines);
        var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(exported, "manifest.json"), TestContext.Current.CancellationToken)).RootElement;
        var log = manifest.GetProperty("logs")[0];
        Assert.Equal((written.Log.LogId.ToString("N"), 1_501), (log.GetProperty("log_id").GetString(), log.GetProperty("records").GetInt64()));
        var files = log.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(written.Log.Segments().Length, files.Length);
        Assert.All(files, file =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(exported, log.GetProperty("folder").GetString()!, file.GetProperty("name").GetString()!));
            Assert.Equal(
                (file.GetProperty("bytes").GetInt32(), file.GetProperty("sha256").GetString()),
                (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        });
        var key = Path.Combine(exported, manifest.GetProperty("keys")[0].GetProperty("file").GetString()!);
        using var read = VerifyingKey.Read(key);
        Assert.Equal(manifest.GetProperty("keys")[0].GetProperty("key_id").GetString(), read.Id.ToString());
        Assert.Equal(ExitCode.Answered, (await cli.RunAsync("audit", "verify", exported, "--key", key)).ExitCode);
    }

    /// <summary>It hides nothing: what is wrong is exported as it is, and told.</summary>
    [Fact]
    public async Task Export_DamagedLog_IsExportedAsItIsAndTold()
    {
        using var written = await WrittenLog.CreateAsync();
        await using var cli = await CommandLine.StartAsync();
        var segment = written.Log.Segments()[0].Path;
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[5_000] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);
        var exported = written.PathOf("export");

        var result = await cli.RunAsync("audit", "export", exported, "--folder", written.Folder, "--key", written.PublicKey, "--json");

        Assert.Equal(ExitCode.NotIntact, result.ExitCode);
        Assert.False(result.Json.GetProperty("intact").GetBoolean());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(
            Path.Combine(exported, Path.GetFileName(written.Log.Path), Path.GetFileName(segment)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Export_FolderInUseOrLogUnknown_IsBadInputAndWritesNothing()
    {
        using var written = await WrittenLog.CreateAsync(checks: 1);
        await using var cli = await CommandLine.StartAsync();

        var full = await cli.RunAsync("audit", "export", written.Folder, "--folder", written.Folder, "--key", written.PublicKey);
        var unknown = await cli.RunAsync("audit", "export", written.PathOf("export"), "--folder", written.Folder, "--key", written.PublicKey, "--log", $"{Guid.Empty:N}");

        Assert.Equal((ExitCode.BadInput, $"error: '{written.Folder}' is not empty.\n"), (full.ExitCode, full.Error));
        Assert.Equal((ExitCode.BadInput, "error: there is no audit log of this id\n"), (unknown.ExitCode, unknown.Error));
        Assert.False(Directory.Exists(written.PathOf("export")));
    }

    /// <summary>What is disputed after years is in no node's files any more.</summary>
    [Fact]
    public async Task Export_FromTheDatabase_IsTheSegmentsAsTheyWere()
    {
        using var written = await WrittenLog.CreateAsync();
        await written.CopyAsync();
        await using var cli = await CommandLine.StartAsync();
        var exported = written.PathOf("export");

        var result = await cli.RunAsync("audit", "export", exported, "--database", written.Database, "--key", written.PublicKey);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Contains("Result       as it was written", result.Lines);
        Assert.All(written.Log.Segments(), segment => Assert.Equal(
            File.ReadAllBytes(segment.Path),
            File.ReadAllBytes(Path.Combine(exported, $"0001-{written.Log.LogId:N}", Path.GetFileName(segment.Path)))));
    }

    [Theory]
    [InlineData("error: name a --folder or a --database\n")]
    [InlineData("error: --database (or VERIFICATION_AUDIT_DATABASE) names no file that is there\n", "--database", "gone.db")]
    [InlineData("error: there is no audit log\n", "--folder", "gone")]
    [InlineData("error: --log must be the id of a log, 32 hexadecimal digits\n", "--log", "1")]
    public async Task Export_NothingToExport_SaysSo(string error, params string[] options)
    {
        using var written = await WrittenLog.CreateAsync(checks: 1);
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync(["audit", "export", written.PathOf("export"), "--key", written.PublicKey, .. options]);

        Assert.Equal((ExitCode.BadInput, error), (result.ExitCode, result.Error));
    }
}
