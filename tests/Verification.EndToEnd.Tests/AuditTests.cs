using System.Text.Json;

namespace Verification.EndToEnd.Tests;

/// <summary>An answer is disputed: what an auditor and an examiner do, with the programs as they are.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Audit_DisputedAnswer_IsShownAskedAgainVerifiedAndExported()
    {
        var data = _folder.PathOf("data");
        await using var server = await DemoServer.StartAsync(data);
        var answer = JsonDocument.Parse(await AnswerAsync(server, "verify", server.ValidPermit, "--reference", "C-2026/118", "--json"));
        var id = answer.RootElement.GetProperty("provenance").GetProperty("check_id").GetString()!;

        var shown = await ShowAsync(server, id);
        var replayed = await AnswerAsync(server, "audit", "replay", "--check-id", id);
        string[] key = ["--key", Path.Combine(data, "audit-key.pem")];
        string[] database = ["--database", Path.Combine(data, "audit.db")];
        var verified = await AnswerAsync(server, ["audit", "verify", Path.Combine(data, "audit"), .. database, .. key]);
        var exported = _folder.PathOf("export");
        await AnswerAsync(server, ["audit", "export", exported, .. database, .. key]);
        var examined = await AnswerAsync(server, ["audit", "verify", exported, .. key]);

        Assert.Matches(@"Reference\s+C-2026/118", shown);
        Assert.Matches(@"Status\s+VALID", shown);
        Assert.Matches(@"Came out the same\s+1\b", replayed);
        Assert.Equal(2, verified.Split('\n').Count(line => line.Contains("as it was written", StringComparison.Ordinal)));
        Assert.Contains("as it was written", examined, StringComparison.Ordinal);
        await CheckTouchedCopyAsync(exported, key);
    }

    private static async Task<string> AnswerAsync(DemoServer server, params string[] arguments)
    {
        var (exitCode, output, errors) = await Programs.PermitCtlAsync([.. arguments, "--address", server.Address, "--api-key", "demo-authority"]);
        Assert.True(exitCode == 0, errors + output);
        return output;
    }

    /// <summary>Records are copied behind the answers; each try starts a program, which takes its time.</summary>
    private static async Task<string> ShowAsync(DemoServer server, string id)
    {
        var shown = string.Empty;
        for (var tries = 0; tries < 30 && shown.Length == 0; tries++)
        {
            shown = await AnswerAsync(server, "audit", "show", "--check-id", id);
        }

        return shown;
    }

    private static async Task CheckTouchedCopyAsync(string exported, string[] key)
    {
        var segment = Directory.EnumerateFiles(exported, "*.segment", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        var (exitCode, output, _) = await Programs.PermitCtlAsync(["audit", "verify", exported, .. key]);

        Assert.Equal(2, exitCode);
        Assert.Matches(@"ALTERED\s+1\b", output);
    }
}
