using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>The standing on a date, and what was known on it of the standing's end.</summary>
/// <param name="Since">The first date of the whole run of dates with this standing.</param>
/// <param name="Until">
/// The first later date on which the standing would change if no event came after those of the date; <see cref="Calendar.Never"/> when it
/// would not.
/// </param>
/// <param name="ValidUntil">
/// Where the status is valid, the first later date on which it would not be, with the same foresight; <see cref="Calendar.Never"/> when
/// it always would, and on any other status.
/// </param>
/// <param name="Standing">The standing.</param>
public readonly record struct TimelineSegment(DateOnly Since, DateOnly Until, DateOnly ValidUntil, Standing Standing);
