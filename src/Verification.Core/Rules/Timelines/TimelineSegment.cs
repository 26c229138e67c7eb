using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>
/// A stretch of dates with one standing, and what was known during it of the standing's end. Neighbours may have the same standing:
/// an event can move the end without changing the standing.
/// </summary>
/// <param name="From">The first date.</param>
/// <param name="Since">The first date of the whole run of dates with this standing.</param>
/// <param name="Until">
/// The first later date on which the standing would change if no event came after those of <paramref name="From"/>;
/// <see cref="Calendar.Never"/> when it would not.
/// </param>
/// <param name="ValidUntil">
/// Where the status is valid, the first later date on which it would not be, with the same foresight; <see cref="Calendar.Never"/> when
/// it always would, and on any other status.
/// </param>
/// <param name="Standing">The standing.</param>
public readonly record struct TimelineSegment(DateOnly From, DateOnly Since, DateOnly Until, DateOnly ValidUntil, Standing Standing);
