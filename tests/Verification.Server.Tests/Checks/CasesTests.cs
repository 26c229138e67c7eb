using System.Text.Json;
using Permits.Verification.V1;
using Verification.Core.Permits;
using Verification.Server.Tests.Support;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Tests.Checks;

/// <summary>The policy's cases, from file to verdict, over the wire.</summary>
public sealed class CasesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases");

    [Fact]
    public async Task ImportAndVerify_AllCases_AgreeWithThePolicy()
    {
        await using var server = await TestServer.StartAsync();
        var report = (await server.ImportAsync("cases", await EventsAsync())).Report();

        var rejects = Read("rejects.ndjson").Select(reject => $"{reject.GetProperty("line")}:{reject.GetProperty("code")}").ToArray();
        Assert.Equal(string.Join(' ', rejects), report.Rejects);
        Assert.Equal(report.Events, report.Revision);

        var cases = Read("verdicts.ndjson").ToArray();
        Assert.Equal(1_500, cases.Length);
        foreach (var part in cases.Chunk(1_000))
        {
            var batch = new BatchVerifyPermitsRequest();
            batch.Checks.AddRange(part.Select(Check));
            var items = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
            Assert.Equal(part.Select(Expected), items.Select(item => Actual(item.Response.Verdict)));
        }
    }

    /// <summary>The registry file of the cases, in pieces.</summary>
    public static async Task<IEnumerable<byte[]>> EventsAsync() =>
        Calls.Cut(await File.ReadAllBytesAsync(Path.Combine(Folder, "events.ndjson"), TestContext.Current.CancellationToken), 10_007);

    /// <summary>What the cases ask.</summary>
    public static IEnumerable<VerifyPermitRequest> Checks() => Read("verdicts.ndjson").Select(Check);

    private static IEnumerable<JsonElement> Read(string name) =>
        File.ReadLines(Path.Combine(Folder, name)).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private static VerifyPermitRequest Check(JsonElement expected)
    {
        Assert.True(CodeNames.TryParse<Contract.SubjectRole>(Text(expected, "role"), out var role));
        return new VerifyPermitRequest
        {
            PermitNumber = Text(expected, "permit"),
            AsOf = Calls.Date(Text(expected, "as_of")),
            Subject = new Subject { Role = role, IdentityNumber = Text(expected, "id_number") },
        };
    }

    private static string Expected(JsonElement expected) => string.Join(
        ' ',
        Text(expected, "kind"),
        Text(expected, "status"),
        string.Join(',', expected.GetProperty("reasons").EnumerateArray()),
        Text(expected, "status_until"),
        Text(expected, "subject"),
        string.Join(',', expected.GetProperty("entitlements").EnumerateObject()
            .Select(decision => $"{decision.Name}={decision.Value[0]}/{decision.Value[1]}")));

    private static string Actual(Verdict verdict) => string.Join(
        ' ',
        verdict.Kind == Contract.PermitKind.Unspecified ? string.Empty : CodeNames.NameOf(verdict.Kind).ToLowerInvariant(),
        CodeNames.NameOf(verdict.Status),
        string.Join(',', verdict.Reasons.Select(CodeNames.NameOf)),
        verdict.StatusUntil is { } until ? $"{until.Year:D4}-{until.Month:D2}-{until.Day:D2}" : string.Empty,
        CodeNames.NameOf(verdict.SubjectMatch),
        string.Join(',', verdict.Entitlements.Select(decision =>
            $"{CodeNames.NameOf(decision.Entitlement)}={CodeNames.NameOf(decision.Decision)}/{CodeNames.NameOf(decision.Basis)}")));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? string.Empty;
}
