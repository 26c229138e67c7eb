using Verification.Caching.Coherence;
using Verification.Core.Rules.Dates;

namespace Verification.Server.Checks;

/// <summary>Tells what day it is.</summary>
internal sealed class Days(LookupReadiness readiness)
{
    /// <summary>The day in Beijing at an instant of this node's clock.</summary>
    public Day At(DateTimeOffset now)
    {
        var date = Calendar.DateInBeijing(now);
        var newest = readiness.ClockFloor is { } floor ? Calendar.DateInBeijing(floor) : date;
        return new Day(date, !readiness.IsClockSkewed, AsOfRange.Latest(newest > date ? newest : date));
    }
}
