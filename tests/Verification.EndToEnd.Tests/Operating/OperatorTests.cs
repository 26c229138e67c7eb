using System.Text.Json;
using Permits.Verification.V1;
using Verification.TestSupport;

namespace Verification.EndToEnd.Tests.Operating;

/// <summary>What an operator does by permitctl to a running node: look how it is, and back its registry up.</summary>
public sealed class OperatorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Doctor_OfANodeThatIsWell_SaysSoAndWhatRuns()
    {
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"));
        await NodeLoad.LoadAsync(node, checks: 30);
        await Eventually.TrueAsync(async () => (await node.ScrapeAsync()).Sum("verification_audit_copy_behind_bytes") == 0, "The audit database stays behind.");

        var (exitCode, output, errors) = await DoctorAsync(node, "authority", "--json");

        Assert.True(exitCode == 0, output + errors);
        var found = JsonDocument.Parse(output).RootElement;
        Assert.Equal("api_key", found.GetProperty("credential").GetString());
        Assert.Equal("authority", found.GetProperty("caller").GetProperty("consumer").GetString());
        Assert.Equal("SQLite", found.GetProperty("node").GetProperty("registry").GetProperty("store").GetString());
        Assert.Equal("20", found.GetProperty("node").GetProperty("registry").GetProperty("revision").GetString());
        Assert.Equal("20", found.GetProperty("node").GetProperty("memory").GetProperty("permits").GetString());
        Assert.Empty(found.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task Doctor_RegistryTakenAway_NamesIt()
    {
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"));
        foreach (var file in Directory.EnumerateFiles(_folder.PathOf("node"), "registry.db*"))
        {
            File.Delete(file);
        }

        await Eventually.TrueAsync(async () => (await node.ScrapeAsync()).Sum("verification_ready") == 0, "The node does not notice.");
        var (exitCode, output, _) = await DoctorAsync(node, "authority");

        Assert.Equal(3, exitCode);
        Assert.Contains("REGISTRY_REPLACED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WhoMayNotOperate_IsToldOfTheServiceAlone()
    {
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"));
        await NodeLoad.LoadAsync(node, checks: 1);

        var (exitCode, output, _) = await DoctorAsync(node, "school", "--json");

        Assert.Equal(0, exitCode);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(output).RootElement.GetProperty("node").ValueKind);
    }

    [Fact]
    public async Task Doctor_WrongKeyOrNobodyThere_SaysWhy()
    {
        await using var node = await MeasuredNode.StartAsync(_folder.PathOf("node"));

        var (wrong, refused, _) = await DoctorAsync(node, "nobody");
        await node.KillAsync();
        var (away, silent, _) = await DoctorAsync(node, "authority");

        Assert.Equal((3, 3), (wrong, away));
        Assert.DoesNotContain("All is well", refused + silent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_WhileTheNodeRecords_IsWholeAndOpensAsTheRegistry()
    {
        var backup = _folder.PathOf("backup.db");
        await using (var node = await MeasuredNode.StartAsync(_folder.PathOf("node")))
        {
            await NodeLoad.RecordAsync(node, ["BJ2024000001"]);
            var recording = NodeLoad.RecordAsync(node, Enumerable.Range(100, 200).Select(i => $"BJ2024000{i}"));
            var (exitCode, output, errors) = await Programs.PermitCtlAsync("registry", "backup", backup, "--data", _folder.PathOf("node"), "--json");
            await recording;

            Assert.True(exitCode == 0, output + errors);
            var made = JsonDocument.Parse(output).RootElement;
            Assert.Equal(made.GetProperty("events").GetInt64(), made.GetProperty("revision").GetInt64());
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
            }
        }

        Directory.CreateDirectory(_folder.PathOf("restored"));
        File.Copy(backup, Path.Combine(_folder.PathOf("restored"), "registry.db"));
        await using var restored = await MeasuredNode.StartAsync(_folder.PathOf("restored"));
        var answer = await restored.Client.Verification.VerifyPermitAsync(
            new() { PermitNumber = "BJ2024000001" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(PermitStatus.NotFound, answer.Verdict.Status);
    }

    [Theory]
    [InlineData("there already")]
    [InlineData("no registry")]
    [InlineData("damaged")]
    public async Task Backup_WhatCannotBe_LeavesNothingBehind(string fault)
    {
        var data = _folder.PathOf("node");
        var backup = _folder.PathOf("backup.db");
        await using (var node = await MeasuredNode.StartAsync(data))
        {
            await NodeLoad.RecordAsync(node, Enumerable.Range(100, 100).Select(i => $"BJ2024000{i}"));
        }

        var registry = Path.Combine(data, "registry.db");
        switch (fault)
        {
            case "there already":
                await File.WriteAllTextAsync(backup, "kept", TestContext.Current.CancellationToken);
                break;
            case "no registry":
                File.Delete(registry);
                break;
            default:
                // The pages behind the schema's, after what the log of a killed node holds is in the file.
                using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={registry};Pooling=False"))
                {
                    connection.Open();
                    using var checkpoint = connection.CreateCommand();
                    checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                    checkpoint.ExecuteNonQuery();
                }

                var bytes = await File.ReadAllBytesAsync(registry, TestContext.Current.CancellationToken);
                new Random(7).NextBytes(bytes.AsSpan(bytes.Length / 2));
                await File.WriteAllBytesAsync(registry, bytes, TestContext.Current.CancellationToken);
                break;
        }

        var (exitCode, output, errors) = await Programs.PermitCtlAsync("registry", "backup", backup, "--data", data);

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Equal(fault == "there already" ? "kept" : null, File.Exists(backup) ? await File.ReadAllTextAsync(backup, TestContext.Current.CancellationToken) : null);
        Assert.False(File.Exists($"{backup}.unfinished"));
    }

    private static Task<(int ExitCode, string Output, string Errors)> DoctorAsync(MeasuredNode node, string key, params string[] more) =>
        Programs.PermitCtlAsync(["doctor", "--address", node.Address.ToString(), "--api-key", key, .. more]);
}
