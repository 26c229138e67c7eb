using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Procedures;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Core.Tests.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Procedures;

/// <summary>Policy §11, beside a reading of its own: every event that could fit is tried on every day.</summary>
public sealed class ProcedureProperties
{
    private const int Horizon = 365 * 5;

    private static readonly string[] Employers = ["甲", "乙", "丙"];

    [Fact]
    public void On_AnyDayOfAnyHistory_IsOpenWhereAFittingEventIsAdmittedToTheHistoryCutThere() =>
        Gen.Select(RandomHistories.Any, Gen.Int[-3, Horizon]).Sample(
            (history, day) =>
            {
                var date = history.Events[0].Event.On.AddDays(day);
                var known = history.Events.Select(recorded => recorded.Event).TakeWhile(happening => happening.On <= date).ToList();
                var procedures = ProcedureRules.On(history, Cases.Rulebook, date);

                Assert.Equal(
                    Cases.Rulebook.Procedures.Where(procedure => procedure.Kind == procedures.Kind),
                    procedures.Openings.Select(opening => opening.Procedure));
                foreach (var opening in procedures.Openings)
                {
                    Assert.Equal(IsOpen(opening.Procedure, known, date), opening.IsOpen);
                    Assert.True(opening.IsOpen ? opening.OpensOn is null : opening.ClosesOn is null);
                }
            },
            iter: 1_500);

    /// <summary>The first later day on which it is otherwise, if no event comes.</summary>
    [Fact]
    public void On_AnyDayOfAnyHistory_TellsTheFirstLaterDayOnWhichItIsOtherwise() =>
        Gen.Select(RandomHistories.Any, Gen.Int[0, Horizon / 2]).Sample(
            (history, day) =>
            {
                var date = history.Events[0].Event.On.AddDays(day);
                var known = history.Events.Select(recorded => recorded.Event).TakeWhile(happening => happening.On <= date).ToList();
                foreach (var opening in ProcedureRules.On(history, Cases.Rulebook, date).Openings)
                {
                    var changes = opening.IsOpen ? opening.ClosesOn : opening.OpensOn;
                    var last = changes ?? date.AddDays(Horizon);
                    for (var later = date.AddDays(1); later < last; later = later.AddDays(1))
                    {
                        Assert.Equal(opening.IsOpen, IsOpen(opening.Procedure, known, later));
                    }

                    Assert.True(changes is null || IsOpen(opening.Procedure, known, last) != opening.IsOpen);
                }
            },
            iter: 40);

    [Fact]
    public void On_UnknownNumber_ListsTheApplicationAlone()
    {
        var procedures = ProcedureRules.On(null, Cases.Rulebook, new DateOnly(2026, 12, 1));

        Assert.Equal((PermitKind.None, PermitStatus.NotFound), (procedures.Kind, procedures.Status));
        Assert.Equal(("ISSUE", true), (Assert.Single(procedures.Openings).Procedure.Code, procedures.Openings[0].IsOpen));
    }

    [Fact]
    public void On_UnderTheFirstRulebook_ListsNone() =>
        Assert.Empty(ProcedureRules.On(null, RulebookLibrary.Embedded.Find("2026.1")!, new DateOnly(2026, 11, 1)).Openings);

    private static bool IsOpen(Procedure procedure, List<PermitEvent> known, DateOnly date)
    {
        if (known.Count == 0)
        {
            return false;
        }

        var standing = DayByDay.Live(known, date.DayNumber - known[0].On.DayNumber + 1)[^1];
        var isOver = standing.Status == PermitStatus.Cancelled || standing.Reasons.HasFlag(StatusReasons.Lapsed);
        return procedure.Code == "ISSUE" ? isOver
            : procedure.Event is null ? !isOver
            : Candidates(procedure, known, date).Any(candidate => new Admission(Cases.Rulebook, known).TryAdd(candidate) is null);
    }

    private static IEnumerable<PermitEvent> Candidates(Procedure procedure, List<PermitEvent> known, DateOnly date) => procedure.Code switch
    {
        "RENEWAL" => [new Renewed(date)],
        "INSPECTION_ONLINE" or "EMPLOYER_INSPECTION_ONLINE" => [new Inspected(date, InspectionChannel.Online)],
        "INSPECTION_WINDOW" or "EMPLOYER_INSPECTION_WINDOW" => [new Inspected(date, InspectionChannel.Window)],
        "EMPLOYER_CHANGE" => Employers.Select(employer => new EmployerChanged(date, employer)),
        "DEFERRAL" =>
            from ended in known.OfType<EmploymentEnded>()
            from months in Enumerable.Range(2, 5)
            from days in Enumerable.Range(-1, 3)
            select new CancellationDeferred(date, ended.LeftOn.AddMonths(months).AddDays(days), "甲"),
        "CANCELLATION" => [new Cancelled(date, null)],
        "DEPENDANT_CHANGE" => [new DependantAdded(date, SubjectRole.Spouse, default)],
        "REISSUE" => [new Reissued(date)],
        "ENDORSEMENT" => [new Endorsed(date)],
        "EXTENSION" => [new Extended(date)],
        "EXCHANGE" => [new Exchanged(date, RandomHistories.Number)],
        _ => throw new InvalidOperationException($"Procedure {procedure.Code} has no candidates."),
    };
}
