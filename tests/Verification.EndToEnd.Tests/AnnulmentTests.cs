using System.Text.Json;

namespace Verification.EndToEnd.Tests;

/// <summary>A clerk puts right what was recorded by mistake, with the programs as they are.</summary>
public sealed class AnnulmentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Record_CancelledByMistakeThenAnnulled_IsAsIfNeverButForThePast()
    {
        await using var server = await DemoServer.StartAsync(_folder.PathOf("data"));
        var number = server.ValidPermit;
        var mistake = JsonDocument.Parse(await AnswerAsync(server, "record", number, "cancelled", "--reason", "a neighbour's", "--json"));
        Assert.Matches(@"Status\s+CANCELLED", await AnswerAsync(server, "verify", number));
        Assert.Matches(@"CANCELLATION 注销\s+no: The permit is cancelled\.", await AnswerAsync(server, "procedures", number));
        var events = JsonDocument.Parse(await AnswerAsync(server, "history", number, "--json")).RootElement.GetProperty("events");
        var last = events[events.GetArrayLength() - 1];
        var place = last.GetProperty("place").GetInt32();

        await AnswerAsync(server, "record", number, "annulled", "--target", $"{place}", "--reason", "of another permit");

        Assert.Matches(@"Status\s+VALID", await AnswerAsync(server, "verify", number));
        Assert.Matches(@"CANCELLATION 注销\s+yes", await AnswerAsync(server, "procedures", number));
        var before = mistake.RootElement.GetProperty("revision").GetString()!;
        Assert.Matches(@"Status\s+CANCELLED", await AnswerAsync(server, "verify", number, "--known-at", before));
        var history = await AnswerAsync(server, "history", number);
        Assert.Contains($"cancelled 注销: a neighbour's [annulled by {place + 1} at revision ", history, StringComparison.Ordinal);
        Assert.Contains($"annulled 更正: target {place}, of another permit", history, StringComparison.Ordinal);
        await CheckImportBringsNothingBackAsync(server, number, last.GetProperty("event").GetProperty("on").GetString()!);
    }

    private static async Task<string> AnswerAsync(DemoServer server, params string[] arguments)
    {
        var (exitCode, output, errors) = await Programs.PermitCtlAsync([.. arguments, "--address", server.Address, "--api-key", "demo-authority"]);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    private async Task CheckImportBringsNothingBackAsync(DemoServer server, string number, string on)
    {
        var line = new { permit = number, @event = "cancelled", on, reason = "a neighbour's" };
        var file = _folder.PathOf("register.ndjson");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(line) + "\n", TestContext.Current.CancellationToken);

        var summary = await AnswerAsync(server, "import", file);

        Assert.Matches(@"Already recorded\s+1\b", summary);
        Assert.Matches(@"Of these annulled\s+1\b", summary);
        Assert.Matches(@"Status\s+VALID", await AnswerAsync(server, "verify", number));
    }
}
