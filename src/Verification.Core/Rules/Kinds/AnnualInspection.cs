using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Words;

namespace Verification.Core.Rules.Kinds;

/// <summary>
/// Annual inspection 年检 of a work residence permit (policy §3) or of an employer (§6a) [A §3.5, §5]: on 1 April what is in term becomes
/// pending, on the following 1 May what is still pending becomes frozen. Frozen is a flag of its own: it outlives expiry.
/// </summary>
/// <param name="Through">The date up to and including which scheduled transitions have happened.</param>
/// <param name="IsPending">Due and not yet made 未年检.</param>
/// <param name="IsFrozen">Missed 冻结.</param>
internal readonly record struct AnnualInspection(DateOnly Through, bool IsPending, bool IsFrozen)
{
    /// <summary>Lets the scheduled transitions up to and including a date happen, for a permit that expires on a date.</summary>
    public AnnualInspection At(DateOnly date, DateOnly expiresOn, AnnualInspectionRules rules)
    {
        var inspection = this;
        while (inspection.NextTurn(expiresOn, rules) is var turn && turn <= date && turn != Calendar.Never)
        {
            inspection = new AnnualInspection(turn, IsPending: !inspection.IsPending, IsFrozen: inspection.IsPending);
        }

        return inspection with { Through = date };
    }

    /// <summary>
    /// The next transition: to frozen where pending, also if the permit has expired since; to pending where the permit is in term
    /// and neither pending nor frozen. If expiry shares the date of the latter, expiry comes first and there is none.
    /// </summary>
    public DateOnly NextTurn(DateOnly expiresOn, AnnualInspectionRules rules) =>
        IsFrozen ? Calendar.Never
        : IsPending ? DayOfYear.FirstAfter(Through, rules.Closes)
        : rules.FirstAfter(Through, expiresOn);

    /// <summary>
    /// Why an inspection is not admissible, or null: online while pending and neither expired nor frozen; at the window while pending or
    /// frozen. [A §3.5, §5]
    /// </summary>
    public Wording? Refuse(Inspected inspected, DateOnly expiresOn) => inspected.Channel switch
    {
        InspectionChannel.Online when IsFrozen => new("What is frozen is inspected at the window.", "冻结之后须到窗口补办年检。"),
        InspectionChannel.Online when inspected.On.HasReached(expiresOn) => new("An expired permit is inspected at the window.", "过期的证件须到窗口办理年检。"),
        _ when !IsPending && !IsFrozen => new("No inspection is due.", "目前不需要年检。"),
        _ => null,
    };

    /// <summary>The inspection is made: no longer pending, no longer frozen.</summary>
    public AnnualInspection Passed() => this with { IsPending = false, IsFrozen = false };
}
