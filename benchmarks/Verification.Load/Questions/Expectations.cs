using System.Collections.Immutable;
using Google.Type;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Load.MadeUp;
using Contract = Permits.Verification.V1;

namespace Verification.Load.Questions;

/// <summary>What a class of consumers must be answered about made-up permits, by Core's rules.</summary>
/// <param name="permits">The permits.</param>
/// <param name="today">Today.</param>
/// <param name="consumer">Who asks.</param>
internal sealed class Expectations(MadeUpPermits permits, DateOnly today, ConsumerClass consumer)
{
    private static readonly IdentityDigester Digester = new(MadeUpPermits.DigestKey.AsSpan());

    private readonly VerdictRules _rules = new(Digester);
    private readonly Rulebook _rulebook = RulebookLibrary.Embedded.On(today);

    /// <summary>The verdict on a permit, or on a number that no permit has.</summary>
    /// <param name="number">The number.</param>
    /// <param name="asOf">The date; null means today.</param>
    /// <param name="holder">The identity number sent; null means none.</param>
    public Contract.Verdict Verdict(string number, DateOnly? asOf = null, string? holder = null)
    {
        var permit = PermitNumber.Parse(number);
        var timeline = MadeUpPermits.IndexOf(permit, int.MaxValue) is { } index
            ? TimelineCompiler.Compile(permits.HistoryOf(index), _rulebook)
            : null;
        var scope = _rulebook.ScopeOf(consumer);
        ResidentIdentityNumber? identity = ResidentIdentityNumber.TryParse(holder, out var parsed) ? parsed : null;
        var verdict = _rules.Decide(
            permit, timeline, asOf ?? today, new Subject(SubjectRole.Holder, identity), cardEdition: null, scope.View);
        return Write(verdict, scope.Entitlements);
    }

    /// <summary>The verdicts on the permits of each story, by the story's place.</summary>
    public ImmutableArray<ExpectedVerdict> OfStories() =>
        [.. Enumerable.Range(0, Story.Count).Select(story => new ExpectedVerdict(Verdict(MadeUpPermits.NumberOf(story))))];

    /// <summary>A verdict as the contract has it; written here too, so that the service's own writing is tested by it.</summary>
    public static Contract.Verdict Write(in Verdict verdict, ImmutableArray<Entitlement> entitlements)
    {
        var decided = verdict;
        var answer = new Contract.Verdict
        {
            PermitNumber = verdict.Number.ToString(),
            Kind = (Contract.PermitKind)verdict.Kind,
            Status = (Contract.PermitStatus)verdict.Standing.Status,
            AsOf = ToDate(verdict.AsOf),
            StatusSince = ToDate(verdict.StatusSince),
            StatusUntil = ToDate(verdict.StatusUntil),
            IssuedOn = ToDate(verdict.IssuedOn),
            ExpiresOn = ToDate(verdict.ExpiresOn),
            SubjectMatch = (Contract.SubjectMatch)verdict.SubjectMatch,
            CardMatch = (Contract.CardMatch)verdict.CardMatch,
        };
        answer.Reasons.AddRange(Enum.GetValues<StatusReasons>()
            .Where(reason => reason != StatusReasons.None && decided.Standing.Reasons.HasFlag(reason))
            .Select(reason => (Contract.StatusReason)(1 + int.TrailingZeroCount((int)reason))));
        answer.Entitlements.AddRange(entitlements.Select(entitlement => decided.On(entitlement)).Select(decision => new Contract.EntitlementDecision
        {
            Entitlement = (Contract.Entitlement)decision.Entitlement,
            Decision = (Contract.Decision)decision.Decision,
            Basis = (Contract.Basis)decision.Basis,
        }));
        return answer;
    }

    /// <summary>A date as the contract has it.</summary>
    public static Date? ToDate(DateOnly? date) =>
        date is { } day ? new Date { Year = day.Year, Month = day.Month, Day = day.Day } : null;
}
