using System.Text.Json;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;

namespace Verification.Caching.Tests.Upgrade;

/// <summary>Asks a node all cases of rulebook 2026.1, as an auditor repeats old checks.</summary>
internal static class OlderVerdicts
{
    private static readonly VerdictRules Rules = new(OlderSite.Digester);

    /// <summary>Holds the answers against those that rulebook 2026.1 always gave.</summary>
    /// <param name="lookup">Whom to ask.</param>
    /// <param name="only">Whether to ask about a permit.</param>
    /// <returns>How many cases were asked, and how many answers came from where.</returns>
    public static async Task<(int Asked, IReadOnlyDictionary<LookupSource, int> Sources)> AssertAsync(
        IPermitLookup lookup, Func<PermitNumber, bool>? only = null)
    {
        var cases = OlderSite.Lines("2026.1", "verdicts.ndjson").Where(expected => only?.Invoke(Number(expected)) ?? true).ToList();
        var sources = new List<LookupSource>();
        foreach (var part in cases.Chunk(1_000))
        {
            var found = await lookup.FindManyAsync(
                [.. part.Select(Number)], OlderSite.Rulebook, default, TestContext.Current.CancellationToken);
            Assert.Null(found.Failure);
            Assert.Equal(part.Select(Describe), part.Zip(found.Answers, (expected, answer) => Describe(expected, answer!.Value.Timeline)));
            sources.AddRange(found.Answers.Select(answer => answer!.Value.Source));
        }

        return (cases.Count, sources.CountBy(source => source).ToDictionary());
    }

    private static PermitNumber Number(JsonElement expected) => PermitNumber.Parse(expected.GetProperty("permit").GetString());

    private static string? Text(JsonElement expected, string name) => expected.GetProperty(name).GetString();

    private static string Describe(JsonElement expected) => string.Join(
        ' ',
        [
            Text(expected, "kind"),
            Text(expected, "status"),
            Text(expected, "status_until"),
            Text(expected, "subject"),
            .. expected.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()),
            .. expected.GetProperty("entitlements").EnumerateObject()
                .Select(decision => $"{decision.Name}={decision.Value[0].GetString()}/{decision.Value[1].GetString()}"),
        ]);

    private static string Describe(JsonElement expected, PermitTimeline? timeline)
    {
        Assert.True(CivilDates.TryParse(Text(expected, "as_of"), out var asOf));
        Assert.True(CodeNames.TryParse<SubjectRole>(Text(expected, "role")!, out var role));
        var identity = default(ResidentIdentityNumber);
        Assert.True(Text(expected, "id_number") is not { } text || ResidentIdentityNumber.TryParse(text, out identity));
        var subject = new Subject(role, Text(expected, "id_number") is null ? null : identity);
        var verdict = Rules.Decide(Number(expected), timeline, asOf, subject, cardEdition: null, StandingView.Authority);
        return string.Join(
            ' ',
            [
                verdict.Kind == PermitKind.None ? null : CodeNames.WordOf(verdict.Kind),
                CodeNames.NameOf(verdict.Standing.Status),
                verdict.StatusUntil is { } until ? CivilDates.Format(until) : null,
                CodeNames.NameOf(verdict.SubjectMatch),
                .. Enum.GetValues<StatusReasons>().Where(reason => reason != 0 && verdict.Standing.Reasons.HasFlag(reason)).Select(CodeNames.NameOf),
                .. OlderSite.Rulebook.ScopeOf(ConsumerClass.IssuingAuthority).Entitlements.Select(verdict.On).Select(
                    decision => $"{CodeNames.NameOf(decision.Entitlement)}={CodeNames.NameOf(decision.Decision)}/{CodeNames.NameOf(decision.Basis)}"),
            ]);
    }
}
