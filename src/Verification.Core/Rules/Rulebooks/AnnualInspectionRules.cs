using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>The parameters of an annual inspection 年检 (policy §3, §6a).</summary>
/// <param name="Opens">The day from which it is pending, by the date itself.</param>
/// <param name="Closes">The day on which who is still pending is frozen 冻结, by the date itself.</param>
/// <param name="Applies">Whether there is one at all, by the day on which it would open.</param>
public sealed record AnnualInspectionRules(Dated<DayOfYear> Opens, Dated<DayOfYear> Closes, Dated<bool> Applies)
{
    /// <summary>The first day after a date on which an inspection opens; <see cref="Calendar.Never"/> when none does before an end.</summary>
    public DateOnly FirstAfter(DateOnly date, DateOnly end)
    {
        var opens = DayOfYear.FirstAfter(date, Opens);
        while (opens < end && !Applies.On(opens))
        {
            opens = DayOfYear.FirstAfter(opens, Opens);
        }

        return opens < end ? opens : Calendar.Never;
    }
}
