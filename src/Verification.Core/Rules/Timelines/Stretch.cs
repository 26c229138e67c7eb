using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>A stretch of dates with one standing and one foresight: with the next one, one of the two changes.</summary>
/// <param name="From">The first date.</param>
/// <param name="Standing">The standing, as the issuing authority sees it.</param>
/// <param name="Foresight">What was to be expected of it.</param>
internal readonly record struct Stretch(DateOnly From, Standing Standing, Foresight Foresight)
{
    /// <summary>What is foreseen of the standing if the stretch after it comes as was to be expected.</summary>
    /// <param name="standing">The standing.</param>
    /// <param name="hidden">The reasons that the restricted view does not show.</param>
    public Foresight Before(Standing standing, StatusReasons hidden) => new(
        From,
        standing.IsShownAs(Standing, hidden) ? Foresight.ShownUntil : From,
        standing.Status != PermitStatus.Valid ? Calendar.Never
            : Standing.Status != PermitStatus.Valid ? From
            : Foresight.ValidUntil);
}
