using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Verification.EndToEnd.Tests;

/// <summary>A lottery's round: permitctl and the service as processes of their own, either of which dies on the way.</summary>
public sealed class RoundTests : IDisposable
{
    private const int Rows = 100_000;
    private const int Kills = 8;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Round_PermitctlKilledAtRandomPlaces_GivesTheOutputOfAnUndisturbedOne()
    {
        await using var server = await DemoServer.StartAsync(_folder.PathOf("data"));
        await File.WriteAllTextAsync(_folder.PathOf("numbers.csv"), Table(), TestContext.Current.CancellationToken);
        var (exitCode, _, errors) = await Programs.PermitCtlAsync([.. Command(server, "undisturbed.csv")]);
        Assert.True(exitCode == 2, errors);

        var random = new Random(20260504);
        var bytes = new FileInfo(_folder.PathOf("undisturbed.csv")).Length;
        var reached = new HashSet<long>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var process = Programs.Start("permitctl", [.. Command(server, "killed.csv"), "--resume"]);
            await UntilWrittenAsync(process, "killed.csv", bytes * kill / (Kills + 2) + random.Next(Rows));
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            reached.Add(Record("killed.csv").GetProperty("rows").GetInt64());
        }

        var (resumed, _, _) = await Programs.PermitCtlAsync([.. Command(server, "killed.csv"), "--resume"]);

        Assert.Equal(2, resumed);
        Assert.True(reached.Count > 1, "The kills came at different places.");
        AssertSame();
    }

    [Fact]
    public async Task Round_ServiceKilledOnTheWay_GoesOnWithTheNextOne()
    {
        await File.WriteAllTextAsync(_folder.PathOf("numbers.csv"), Table(), TestContext.Current.CancellationToken);
        await using (var server = await DemoServer.StartAsync(_folder.PathOf("data")))
        {
            await Programs.PermitCtlAsync([.. Command(server, "undisturbed.csv")]);
            using var process = Programs.Start("permitctl", [.. Command(server, "killed.csv"), "--timeout", "3"]);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await UntilWrittenAsync(process, "killed.csv", Rows * 10);
            await server.KillAsync();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Contains("the same command with --resume goes on", await errors, StringComparison.Ordinal);
            Assert.Equal(3, process.ExitCode);
        }

        await using var next = await DemoServer.StartAsync(_folder.PathOf("data"));
        var (resumed, _, _) = await Programs.PermitCtlAsync([.. Command(next, "killed.csv"), "--resume"]);

        Assert.Equal(2, resumed);
        AssertSame();
    }

    /// <summary>Permits of the demo, unknown numbers, and what is no number.</summary>
    private static string Table()
    {
        var table = new StringBuilder("编号;permit_number\r\n");
        for (var row = 1; row <= Rows; row++)
        {
            var number = row % 97 == 0 ? "?" : row % 20 == 0 ? $"NO{row:D8}" : $"BJ2024D{row % 400:D5}";
            table.Append(CultureInfo.InvariantCulture, $"\"A-{row}\";{number}\r\n");
        }

        return table.ToString();
    }

    private IEnumerable<string> Command(DemoServer server, string output) =>
    [
        "verify", "--file", _folder.PathOf("numbers.csv"), "--out", _folder.PathOf(output), "--reference-column", "编号",
        "--address", server.Address, "--api-key", "demo-authority",
    ];

    /// <summary>Waits until the output has so many bytes, or the round its end.</summary>
    private async Task UntilWrittenAsync(Process process, string output, long bytes)
    {
        while (!process.HasExited && new FileInfo(_folder.PathOf(output)) is var file && (!file.Exists || file.Length < bytes))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private JsonElement Record(string output) => JsonDocument.Parse(File.ReadAllText(_folder.PathOf(output + ".round.json"))).RootElement;

    /// <summary>Byte for byte the same, and one row for each row.</summary>
    private void AssertSame()
    {
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("undisturbed.csv")), File.ReadAllBytes(_folder.PathOf("killed.csv")));
        Assert.Equal(Rows + 1, File.ReadLines(_folder.PathOf("killed.csv")).Count());
        Assert.True(Record("killed.csv").GetProperty("complete").GetBoolean());
        Assert.Equal(Record("undisturbed.csv").GetRawText(), Record("killed.csv").GetRawText());
    }
}
