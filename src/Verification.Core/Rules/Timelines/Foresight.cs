using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>How long a standing would last if no further event came.</summary>
/// <param name="Until">The first later date with another standing; <see cref="Calendar.Never"/> where none is to come.</param>
/// <param name="ShownUntil">The same as the restricted view shows it: never earlier.</param>
/// <param name="ValidUntil">
/// Where the status is valid, the first later date on which it is not; <see cref="Calendar.Never"/> where it always is, and on any other
/// status.
/// </param>
internal readonly record struct Foresight(DateOnly Until, DateOnly ShownUntil, DateOnly ValidUntil)
{
    /// <summary>Nothing is to come.</summary>
    public static readonly Foresight Nothing = new(Calendar.Never, Calendar.Never, Calendar.Never);
}
