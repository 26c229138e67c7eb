using CsCheck;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Core.Tests.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Verdicts;

/// <summary>Policy §1 and §8: <c>valid_until</c> and <i>Throughout</i> beside the check repeated day by day.</summary>
public sealed class ThroughoutProperties
{
    private static readonly VerdictRules Rules = new(Cases.Digester);

    [Fact]
    public void Decide_Through_EqualsTheCheckRepeatedDayByDay() =>
        Gen.Select(RandomHistories.Any, Gen.Int[-5, 365 * 4], Gen.Int[0, 365 * 2], Gen.Enum<StandingView>()).Sample(
            (history, day, days, view) =>
            {
                var timeline = TimelineCompiler.Compile(history, Cases.Rulebook)!.Value;
                var asOf = timeline.IssuedOn.AddDays(day);
                var alone = Decide(timeline, asOf, view);
                var first = Enumerable.Range(0, days + 1)
                    .Select(later => Decide(timeline, asOf.AddDays(later), view))
                    .FirstOrDefault(verdict => verdict.Standing.Status != PermitStatus.Valid);

                var verdict = Decide(timeline, asOf, view, asOf.AddDays(days));

                Assert.Equal(
                    first.Decisions.IsDefault ? null : (first.AsOf, first.Standing.Status), verdict.Throughout!.Value.FirstNotValid);
                Assert.Equal(first.Decisions.IsDefault, verdict.Throughout.Value.IsValid);
                Assert.Equal(asOf.AddDays(days), verdict.Throughout.Value.Through);
                Assert.Equal(
                    alone.Decisions.Select(decision => decision.Decision == Decision.NotConferred || verdict.Throughout.Value.IsValid
                        ? decision
                        : decision with { Decision = Decision.NotConferred, Basis = Basis.PermitStatus }),
                    verdict.Decisions.AsEnumerable());
                Assert.Equal((alone.Standing, alone.StatusUntil, alone.ValidUntil), (verdict.Standing, verdict.StatusUntil, verdict.ValidUntil));
            },
            iter: 500);

    /// <summary>By the events up to the date alone, in either view.</summary>
    [Fact]
    public void Decide_ValidUntil_IsTheFirstDayOnWhichItIsNotIfNoEventComes() =>
        Gen.Select(RandomHistories.Any, Gen.Int[0, 365 * 4]).Sample(
            (history, day) =>
            {
                const int Days = 365 * 8;
                var timeline = TimelineCompiler.Compile(history, Cases.Rulebook)!.Value;
                var asOf = timeline.IssuedOn.AddDays(day);
                var scheduled = DayByDay.Live(
                    history.Events.Select(recorded => recorded.Event).TakeWhile(happening => happening.On <= asOf), Days);
                var until = scheduled[day].Status != PermitStatus.Valid
                    ? -1
                    : Enumerable.Range(day, Days - day).FirstOrDefault(later => scheduled[later].Status != PermitStatus.Valid, -1);

                foreach (var view in Enum.GetValues<StandingView>())
                {
                    Assert.Equal(until < 0 ? null : timeline.IssuedOn.AddDays(until), Decide(timeline, asOf, view).ValidUntil);
                }
            },
            iter: 500);

    [Fact]
    public void Decide_ThroughOnNoPermit_IsNotValidFromTheFirstDay()
    {
        var asOf = new DateOnly(2026, 12, 1);
        var verdict = Rules.Decide(RandomHistories.Number, null, asOf, Subject.Holder, null, StandingView.Authority, asOf.AddDays(30));

        Assert.Equal(new Throughout(asOf.AddDays(30), (asOf, PermitStatus.NotFound)), verdict.Throughout);
        Assert.Null(verdict.ValidUntil);
    }

    private static Verdict Decide(PermitTimeline timeline, DateOnly asOf, StandingView view, DateOnly? through = null) =>
        Rules.Decide(timeline.Number, timeline, asOf, Subject.Holder, null, view, through);
}
