using Verification.Audit.Keys;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

public sealed class AuditVerifyCommandTests
{
    [Fact]
    public async Task Verify_WholeLog_SaysSo()
    {
        using var written = await WrittenLog.CreateAsync();
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "verify", written.Folder, "--key", written.PublicKey);

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Contains($"Log          {written.Log.LogId:N} (files)", result.Lines);
        Assert.Contains("Result       as it was written", result.Lines);
        Assert.Matches(@"Signed       \d+ blocks with 1,501 records", result.Output);
        Assert.Contains("End          the node stopped in order; nothing can be missing behind it", result.Lines);
    }

    [Fact]
    public async Task Verify_FlippedByte_TellsBlockAndFileAndExitsWithTwo()
    {
        using var written = await WrittenLog.CreateAsync();
        await using var cli = await CommandLine.StartAsync();
        var block = written.Log.Segments()[0].Blocks().ElementAt(2);
        Flip(written.Log.Segments()[0].Path, block.Offset + 60);

        var text = await cli.RunAsync("audit", "verify", written.Folder, "--key", written.PublicKey);
        var json = await cli.RunAsync("audit", "verify", written.Folder, "--key", written.PublicKey, "--json");

        Assert.Equal((ExitCode.NotIntact, ExitCode.NotIntact), (text.ExitCode, json.ExitCode));
        Assert.Contains("Result       NOT as it was written", text.Lines);
        Assert.Contains(text.Lines, line => line.StartsWith("ALTERED", StringComparison.Ordinal) && line.Contains("00000001.segment", StringComparison.Ordinal));
        Assert.False(json.Json.GetProperty("intact").GetBoolean());
        var finding = json.Json.GetProperty("logs")[0].GetProperty("findings")[0];
        Assert.Equal(("ALTERED", block.Sequence, 1), (finding.GetProperty("kind").GetString(), finding.GetProperty("block").GetInt64(), finding.GetProperty("segment").GetInt32()));
    }

    /// <summary>That is neither right nor wrong.</summary>
    [Fact]
    public async Task Verify_AnotherKey_CannotTell()
    {
        using var written = await WrittenLog.CreateAsync();
        using var other = SigningKey.Create();
        var path = written.PathOf("other.pem");
        await File.WriteAllTextAsync(path, other.PublicKey.ToPem(), TestContext.Current.CancellationToken);
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "verify", written.Folder, "--key", path);
        var both = await cli.RunAsync("audit", "verify", written.Folder, "--key", path, "--key", written.PublicKey);

        Assert.Equal((ExitCode.CouldNotTell, ExitCode.Answered), (result.ExitCode, both.ExitCode));
        Assert.Contains("Result       cannot be told: it is signed with a key that was not given", result.Lines);
    }

    [Fact]
    public async Task Verify_NoLogOrNoKey_IsBadInput()
    {
        using var written = await WrittenLog.CreateAsync(checks: 1);
        await using var cli = await CommandLine.StartAsync();
        var noKey = written.PathOf("no.pem");
        await File.WriteAllTextAsync(noKey, "nothing", TestContext.Current.CancellationToken);

        var noLog = await cli.RunAsync("audit", "verify", written.PathOf("."), "--key", written.PublicKey);
        var badKey = await cli.RunAsync("audit", "verify", written.Folder, "--key", noKey);
        var gone = await cli.RunAsync("audit", "verify", written.Folder, "--key", written.PathOf("gone.pem"));
        var without = await cli.RunAsync("audit", "verify", written.Folder);

        Assert.Equal((ExitCode.BadInput, "error: there is no audit log\n"), (noLog.ExitCode, noLog.Error));
        Assert.Equal(ExitCode.BadInput, badKey.ExitCode);
        Assert.Contains("holds no ECDSA public key", badKey.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.BadInput, ExitCode.BadInput), (gone.ExitCode, without.ExitCode));
    }

    [Fact]
    public async Task Verify_Database_IsCheckedByItself()
    {
        using var written = await WrittenLog.CreateAsync();
        await written.CopyAsync();
        await using var cli = await CommandLine.StartAsync();

        var whole = await cli.RunAsync("audit", "verify", "--database", written.Database, "--key", written.PublicKey);
        written.Execute("DELETE FROM audit_run WHERE first_block = 2");
        cli.Variables["VERIFICATION_AUDIT_DATABASE"] = written.Database;
        var broken = await cli.RunAsync("audit", "verify", "--key", written.PublicKey);

        Assert.Equal((ExitCode.Answered, ""), (whole.ExitCode, whole.Error));
        Assert.Contains($"Log      {written.Log.LogId:N} (database)", whole.Lines);
        Assert.Equal(ExitCode.NotIntact, broken.ExitCode);
        Assert.Contains(broken.Lines, line => line.StartsWith("MISSING", StringComparison.Ordinal));
    }

    /// <summary>The files alone cannot tell it, nor can the database.</summary>
    [Fact]
    public async Task Verify_NewestSegmentRemoved_IsFoundByComparing()
    {
        using var written = await WrittenLog.CreateAsync();
        await written.CopyAsync();
        File.Delete(written.Log.Segments()[^1].Path);
        await using var cli = await CommandLine.StartAsync();

        var files = await cli.RunAsync("audit", "verify", written.Folder, "--key", written.PublicKey);
        var both = await cli.RunAsync("audit", "verify", written.Folder, "--database", written.Database, "--key", written.PublicKey);

        Assert.Equal((ExitCode.Answered, ExitCode.NotIntact), (files.ExitCode, both.ExitCode));
        Assert.Contains("Files and database differ:", both.Lines);
        Assert.Contains(both.Lines, line => line.EndsWith("in the audit database and not in the files", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_DatabaseThatIsNone_CouldNotTell()
    {
        using var written = await WrittenLog.CreateAsync(checks: 1);
        await using var cli = await CommandLine.StartAsync();

        var result = await cli.RunAsync("audit", "verify", "--database", written.PublicKey, "--key", written.PublicKey);
        var nothing = await cli.RunAsync("audit", "verify", "--key", written.PublicKey);

        Assert.Equal((ExitCode.CouldNotTell, ""), (result.ExitCode, result.Output));
        Assert.Equal((ExitCode.BadInput, "error: name a FOLDER, a --database, or both\n"), (nothing.ExitCode, nothing.Error));
    }

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }
}
