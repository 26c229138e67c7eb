using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;

namespace Verification.Core.Rules.Timelines;

/// <summary>A run of dates with one standing, as it turned out and, in the future, as it is scheduled.</summary>
/// <param name="From">The first date; <see cref="DateOnly.MinValue"/> for the time before issue.</param>
/// <param name="Until">The first date after it; <see cref="Calendar.Never"/> when it does not end.</param>
/// <param name="Standing">The standing.</param>
public readonly record struct TimelineRun(DateOnly From, DateOnly Until, Standing Standing);
