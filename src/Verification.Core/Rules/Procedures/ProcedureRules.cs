using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Kinds;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Core.Words;

namespace Verification.Core.Rules.Procedures;

/// <summary>
/// Policy §11: what may be filed for a permit on a date. A procedure with an event is open when a fitting event would be admitted to the
/// history cut at that date, by the code that admits events.
/// </summary>
public static class ProcedureRules
{
    private static readonly Wording NotOver = new(
        "The permit is not over; another is issued where there is none, or when it is cancelled or lapsed.",
        "证件仍然存续；只有没有证件、证件已注销或自然失效时才能重新申请办理。");

    /// <summary>What may be filed on a date.</summary>
    /// <param name="history">The permit's history; null where the registry knows no such number.</param>
    /// <param name="rulebook">The rulebook.</param>
    /// <param name="date">The date.</param>
    public static PermitProcedures On(PermitHistory? history, Rulebook rulebook, DateOnly date)
    {
        if (history?.Effective is not [{ Event: Issued issued }, ..] || PermitCourse.Begin(issued, rulebook) is null)
        {
            return new PermitProcedures(
                PermitKind.None,
                PermitStatus.NotFound,
                [.. rulebook.Procedures.Where(procedure => procedure.ForNewPermit).Select(procedure => new ProcedureOpening(procedure, null, null, null))]);
        }

        var procedures = rulebook.Procedures.Where(procedure => procedure.Kind == issued.Kind);
        if (date < issued.On)
        {
            var early = new Wording($"The permit is issued on {issued.On:yyyy-MM-dd}.", $"证件于 {issued.On:yyyy-MM-dd} 签发。");
            return new PermitProcedures(
                issued.Kind,
                PermitStatus.NotYetValid,
                [.. procedures.Select(procedure => new ProcedureOpening(procedure, early, null, null))]);
        }

        var known = new Admission(rulebook, history.Effective.Select(recorded => recorded.Event).TakeWhile(happening => happening.On <= date));
        var course = known.Course!.At(date);
        return new PermitProcedures(
            issued.Kind,
            course.StandingOn(date).Status,
            [.. procedures.Select(procedure => Open(procedure, known, course, date))]);
    }

    private static ProcedureOpening Open(Procedure procedure, Admission known, PermitCourse course, DateOnly date)
    {
        var whyNot = WhyNot(procedure, known, course, date);
        var changes = FirstLater(course, date, (later, on) => WhyNot(procedure, known, later, on) is null != whyNot is null);
        return whyNot is null
            ? new ProcedureOpening(procedure, null, OpensOn: null, ClosesOn: changes)
            : new ProcedureOpening(procedure, whyNot, OpensOn: changes, ClosesOn: null);
    }

    /// <summary>The rule against filing on a date, of a course that is at it, or null.</summary>
    private static Wording? WhyNot(Procedure procedure, Admission known, PermitCourse course, DateOnly on) =>
        procedure.ForNewPermit ? (course.EndOn(on) is null ? NotOver : null)
        : procedure.Event is null ? course.EndOn(on)?.Detail
        : known.Judge(FittingEvents.Of(procedure, course, on))?.Detail;

    /// <summary>The first later date of which something is true, if no event comes: only on its turns does the calendar change anything.</summary>
    private static DateOnly? FirstLater(PermitCourse course, DateOnly date, Func<PermitCourse, DateOnly, bool> isTrue)
    {
        for (var on = course.NextTurn(date); on != Calendar.Never; on = course.NextTurn(on))
        {
            course = course.At(on);
            if (isTrue(course, on))
            {
                return on;
            }
        }

        return null;
    }
}
