using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;

namespace Verification.Core.Tests.Rules;

public sealed class CasesTests
{
    [Theory]
    [InlineData("2026.1")]
    [InlineData("2026.2")]
    public void Add_RegistryFileOfTheCases_RejectsTheExpectedLines(string version)
    {
        var cases = new Cases(version);

        var (_, rejects) = cases.Load();

        Assert.Equal(cases.Rejects(), rejects.Select(reject => (reject.Line, CodeNames.NameOf(reject.Rejection.Code))));
    }

    [Theory]
    [InlineData("2026.1")]
    [InlineData("2026.2")]
    public void Decide_EveryCase_AgreesInAllFields(string version)
    {
        var cases = new Cases(version);
        var (histories, _) = cases.Load();
        var rules = new VerdictRules(Cases.Digester);
        var count = 0;
        foreach (var expected in cases.Verdicts())
        {
            var number = PermitNumber.Parse(expected.GetProperty("permit").GetString());
            var timeline = histories.TryGetValue(number, out var history) ? TimelineCompiler.Compile(history, cases.Own) : null;
            var verdict = rules.Decide(
                number,
                timeline,
                Date(expected, "as_of")!.Value,
                SubjectOf(expected),
                cardEdition: null,
                StandingView.Authority,
                Date(expected, "through"));

            Assert.Equal(Describe(expected), Describe(verdict, cases.Own.ScopeOf(ConsumerClass.IssuingAuthority).Entitlements, expected));
            count++;
        }

        Assert.Equal(1500, count);
    }

    private static DateOnly? Date(JsonElement expected, string name) =>
        Text(expected, name) is { } text ? DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>A text; null where the rulebook's cases do not tell it.</summary>
    private static string? Text(JsonElement expected, string name) => expected.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Subject SubjectOf(JsonElement expected)
    {
        Assert.True(CodeNames.TryParse<SubjectRole>(expected.GetProperty("role").GetString()!, out var role));
        if (Text(expected, "id_number") is not { } text)
        {
            return new Subject(role, null);
        }

        Assert.True(CodeNames.TryParseWord<IdentityDocument>(Text(expected, "document") ?? "resident_identity_card", out var document));
        Assert.True(IdentityNumber.TryParse(document, text, out var identity));
        return new Subject(role, identity);
    }

    private static string Describe(JsonElement expected)
    {
        var decisions = expected.GetProperty("entitlements").EnumerateObject()
            .Select(decision => $"{decision.Name}={decision.Value[0].GetString()}/{decision.Value[1].GetString()}");
        var throughout = expected.TryGetProperty("valid_throughout", out var valid)
            ? $"{Text(expected, "valid_until")} {valid.ValueKind} {Text(expected, "first_not_valid_on")}"
            : string.Empty;
        return Describe(
            Text(expected, "permit")!,
            Text(expected, "kind"),
            Text(expected, "status")!,
            expected.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!),
            Text(expected, "status_until"),
            throughout,
            Text(expected, "subject")!,
            decisions);
    }

    private static string Describe(Verdict verdict, IEnumerable<Entitlement> entitlements, JsonElement expected) => Describe(
        expected.GetProperty("permit").GetString()!,
        verdict.Kind == PermitKind.None ? null : CodeNames.WordOf(verdict.Kind),
        CodeNames.NameOf(verdict.Standing.Status),
        Enum.GetValues<StatusReasons>().Where(reason => reason != 0 && verdict.Standing.Reasons.HasFlag(reason)).Select(CodeNames.NameOf),
        Format(verdict.StatusUntil),
        expected.TryGetProperty("valid_throughout", out _) ? $"{Format(verdict.ValidUntil)} {Describe(verdict.Throughout)}" : string.Empty,
        CodeNames.NameOf(verdict.SubjectMatch),
        entitlements.Select(verdict.On).Select(decision =>
            $"{CodeNames.NameOf(decision.Entitlement)}={CodeNames.NameOf(decision.Decision)}/{CodeNames.NameOf(decision.Basis)}"));

    private static string Describe(Throughout? throughout) => throughout is { } known
        ? $"{(known.IsValid ? JsonValueKind.True : JsonValueKind.False)} {Format(known.FirstNotValid?.On)}"
        : $"{JsonValueKind.Null} ";

    private static string? Format(DateOnly? date) => date is { } day ? CivilDates.Format(day) : null;

    private static string Describe(
        string number,
        string? kind,
        string status,
        IEnumerable<string> reasons,
        string? until,
        string throughout,
        string subject,
        IEnumerable<string> decisions) =>
        $"{number} {kind} {status} [{string.Join(' ', reasons)}] until {until} {throughout} subject {subject}: {string.Join(' ', decisions)}";
}
