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

    /// <summary>The cases of each rulebook, on a day when it is in use.</summary>
    [Theory]
    [InlineData("2026.1", "2026-11-24T15:59:00Z")]
    [InlineData("2026.2", "2026-11-24T16:01:00Z")]
    public async Task ImportAndVerify_AllCases_AgreeWithThePolicy(string version, string now)
    {
        await using var server = await TestServer.StartAsync(now: DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var report = (await server.ImportAsync("cases", await EventsAsync(version))).Report();

        var rejects = Read(version, "rejects.ndjson").Select(reject => $"{reject.GetProperty("line")}:{reject.GetProperty("code")}").ToArray();
        Assert.Equal(string.Join(' ', rejects), report.Rejects);
        Assert.Equal(report.Events, report.Revision);

        var cases = Read(version, "verdicts.ndjson").ToArray();
        Assert.Equal(1_500, cases.Length);
        foreach (var part in cases.Chunk(1_000))
        {
            var batch = new BatchVerifyPermitsRequest();
            batch.Checks.AddRange(part.Select(Check));
            var items = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
            Assert.Equal(part.Select(Expected), items.Zip(part, (item, expected) => Actual(item.Response.Verdict, expected)));
            Assert.All(items, item => Assert.Equal(version, item.Response.Provenance.RulebookVersion));
        }
    }

    /// <summary>The registry file of the cases, in pieces.</summary>
    public static async Task<IEnumerable<byte[]>> EventsAsync(string version) =>
        Calls.Cut(await File.ReadAllBytesAsync(Path.Combine(Folder, version, "events.ndjson"), TestContext.Current.CancellationToken), 10_007);

    /// <summary>What the cases ask.</summary>
    public static IEnumerable<VerifyPermitRequest> Checks(string version) => Read(version, "verdicts.ndjson").Select(Check);

    private static IEnumerable<JsonElement> Read(string version, string name) =>
        File.ReadLines(Path.Combine(Folder, version, name)).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private static VerifyPermitRequest Check(JsonElement expected)
    {
        Assert.True(CodeNames.TryParse<Contract.SubjectRole>(Text(expected, "role"), out var role));
        var document = Text(expected, "document") is { Length: > 0 } word
            && CodeNames.TryParseWord<Core.Permits.IdentityDocument>(word, out var named) ? (Contract.IdentityDocument)named : default;
        return new VerifyPermitRequest
        {
            PermitNumber = Text(expected, "permit"),
            AsOf = Calls.Date(Text(expected, "as_of")),
            Through = Text(expected, "through") is { Length: > 0 } through ? Calls.Date(through) : null,
            Subject = new Subject { Role = role, IdentityNumber = Text(expected, "id_number"), Document = document },
        };
    }

    private static string Expected(JsonElement expected) => string.Join(
        ' ',
        Text(expected, "kind"),
        Text(expected, "status"),
        string.Join(',', expected.GetProperty("reasons").EnumerateArray()),
        Text(expected, "status_until"),
        expected.TryGetProperty("valid_throughout", out var throughout)
            ? $"{Text(expected, "valid_until")} {throughout.ValueKind} {Text(expected, "first_not_valid_on")}"
            : string.Empty,
        Text(expected, "subject"),
        string.Join(',', expected.GetProperty("entitlements").EnumerateObject()
            .Select(decision => $"{decision.Name}={decision.Value[0]}/{decision.Value[1]}")));

    private static string Actual(Verdict verdict, JsonElement expected) => string.Join(
        ' ',
        verdict.Kind == Contract.PermitKind.Unspecified ? string.Empty : CodeNames.NameOf(verdict.Kind).ToLowerInvariant(),
        CodeNames.NameOf(verdict.Status),
        string.Join(',', verdict.Reasons.Select(CodeNames.NameOf)),
        Text(verdict.StatusUntil),
        expected.TryGetProperty("valid_throughout", out _) ? $"{Text(verdict.ValidUntil)} {Actual(verdict.Throughout)}" : string.Empty,
        CodeNames.NameOf(verdict.SubjectMatch),
        string.Join(',', verdict.Entitlements.Select(decision =>
            $"{CodeNames.NameOf(decision.Entitlement)}={CodeNames.NameOf(decision.Decision)}/{CodeNames.NameOf(decision.Basis)}")));

    private static string Actual(Throughout? throughout) => throughout is null
        ? $"{JsonValueKind.Null} "
        : $"{(throughout.Valid ? JsonValueKind.True : JsonValueKind.False)} {Text(throughout.FirstNotValidOn)}";

    private static string Text(Google.Type.Date? date) => date is null ? string.Empty : $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}";

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? string.Empty : string.Empty;
}
