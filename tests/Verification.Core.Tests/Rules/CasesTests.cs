using System.Text.Json;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;

namespace Verification.Core.Tests.Rules;

public sealed class CasesTests
{
    [Fact]
    public void Add_RegistryFileOfTheCases_RejectsTheExpectedLines()
    {
        var (_, rejects) = Cases.Load();

        Assert.Equal(Cases.Rejects(), rejects.Select(reject => (reject.Line, CodeNames.NameOf(reject.Rejection.Code))));
    }

    [Fact]
    public void Decide_EveryCase_AgreesInAllFields()
    {
        var (histories, _) = Cases.Load();
        var rules = new VerdictRules(Cases.Digester);
        var count = 0;
        foreach (var expected in Cases.Verdicts())
        {
            var number = PermitNumber.Parse(expected.GetProperty("permit").GetString());
            var timeline = histories.TryGetValue(number, out var history) ? TimelineCompiler.Compile(history, Cases.Rulebook) : null;
            var verdict = rules.Decide(
                number,
                timeline,
                DateOnly.Parse(expected.GetProperty("as_of").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                SubjectOf(expected),
                cardEdition: null,
                StandingView.Authority);

            Assert.Equal(Describe(expected), Describe(verdict));
            count++;
        }

        Assert.Equal(1500, count);
    }

    private static Subject SubjectOf(JsonElement expected)
    {
        Assert.True(CodeNames.TryParse<SubjectRole>(expected.GetProperty("role").GetString()!, out var role));
        if (expected.GetProperty("id_number").GetString() is not { } text)
        {
            return new Subject(role, null);
        }

        Assert.True(ResidentIdentityNumber.TryParse(text, out var identity));
        return new Subject(role, identity);
    }

    private static string Describe(JsonElement expected)
    {
        var decisions = expected.GetProperty("entitlements").EnumerateObject()
            .Select(decision => $"{decision.Name}={decision.Value[0].GetString()}/{decision.Value[1].GetString()}");
        return Describe(
            expected,
            expected.GetProperty("kind").GetString(),
            expected.GetProperty("status").GetString()!,
            expected.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!),
            expected.GetProperty("status_until").GetString(),
            expected.GetProperty("subject").GetString()!,
            decisions);
    }

    private static string Describe(Verdict verdict) => Describe(
        verdict.Number,
        verdict.Kind == PermitKind.None ? null : CodeNames.WordOf(verdict.Kind),
        CodeNames.NameOf(verdict.Standing.Status),
        Enum.GetValues<StatusReasons>().Where(reason => reason != 0 && verdict.Standing.Reasons.HasFlag(reason)).Select(CodeNames.NameOf),
        verdict.StatusUntil is { } until ? CivilDates.Format(until) : null,
        CodeNames.NameOf(verdict.SubjectMatch),
        verdict.Decisions.Select(decision =>
            $"{CodeNames.NameOf(decision.Entitlement)}={CodeNames.NameOf(decision.Decision)}/{CodeNames.NameOf(decision.Basis)}"));

    private static string Describe(
        object permit,
        string? kind,
        string status,
        IEnumerable<string> reasons,
        string? until,
        string subject,
        IEnumerable<string> decisions)
    {
        var number = permit is JsonElement element ? element.GetProperty("permit").GetString() : permit.ToString();
        return $"{number} {kind} {status} [{string.Join(' ', reasons)}] until {until} subject {subject}: {string.Join(' ', decisions)}";
    }
}
