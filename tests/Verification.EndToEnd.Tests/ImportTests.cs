using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Verification.EndToEnd.Tests;

/// <summary>Registry files through permitctl and through a service that dies on the way.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("VERIFICATION_IMPORT_KILLS") ?? "4", CultureInfo.InvariantCulture);

    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Import_RegistryFileOfTheCases_WritesTheExpectedRejects()
    {
        await using var server = await DemoServer.StartAsync(_folder.PathOf("data"));
        var cases = Path.Combine(AppContext.BaseDirectory, "Cases", "2026.2");

        var (exitCode, output, _) = await Programs.PermitCtlAsync(
            "import",
            Path.Combine(cases, "events.ndjson"),
            "--rejects",
            _folder.PathOf("rejects.ndjson"),
            "--json",
            "--address",
            server.Address,
            "--api-key",
            "demo-authority");

        Assert.Equal(2, exitCode);
        Assert.Equal("2740", JsonDocument.Parse(output).RootElement.GetProperty("lines_read").GetString());
        Assert.Equal(Rejects(Path.Combine(cases, "rejects.ndjson")), Rejects(_folder.PathOf("rejects.ndjson")));
    }

    [Fact]
    public async Task Import_ServiceKilledAgainAndAgainOnTheWay_GivesTheSameRegistryAndReport()
    {
        var file = RegistryFile(permits: 30_000);
        ImportRun undisturbed;
        await using (var server = await DemoServer.StartAsync(_folder.PathOf("undisturbed")))
        {
            undisturbed = await ImportRun.RunAsync(server, file);
        }

        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var server = await DemoServer.StartAsync(_folder.PathOf("killed"));
            var reached = await ImportRun.RunAsync(server, file, killAt: undisturbed.LinesRead * kill / (Kills + 2));
            Assert.InRange(reached.LinesRead, 1, undisturbed.LinesRead - 1);
            await server.KillAsync();
        }

        await using (var server = await DemoServer.StartAsync(_folder.PathOf("killed")))
        {
            var resumed = await ImportRun.RunAsync(server, file);
            resumed.Last.CompletedAt = undisturbed.Last.CompletedAt;
            Assert.Equal(undisturbed.Last, resumed.Last);
            Assert.Equal(undisturbed.Rejects, resumed.Rejects);
            Assert.NotEmpty(resumed.Rejects);
        }

        Assert.Equal(StoredEvents.ByRevision(_folder.PathOf("undisturbed")), StoredEvents.ByRevision(_folder.PathOf("killed")));
    }

    private static List<(long Line, string? Code)> Rejects(string path) =>
        [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(reject => (reject.GetProperty("line").GetInt64(), reject.GetProperty("code").GetString()))];

    /// <summary>Three events a permit, sorted by date, and one line in fifty that is rejected.</summary>
    private static byte[] RegistryFile(int permits)
    {
        var text = new StringBuilder();
        foreach (var (name, on) in new[] { ("issued", "2024-02-29"), ("inspected", "2024-04-01"), ("reissued", "2024-05-02") })
        {
            for (var permit = 0; permit < permits; permit++)
            {
                var fields = name == "issued" ? ",\"kind\":\"work_residence_permit\"" : name == "inspected" ? ",\"channel\":\"online\"" : string.Empty;
                var date = permit % 50 == 7 ? "2024-02-30" : on;
                text.Append(CultureInfo.InvariantCulture, $"{{\"permit\":\"BJ9{permit * 7919 % permits:000000}\",\"event\":\"{name}\",\"on\":\"{date}\"{fields}}}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
