using HdrHistogram;

namespace Verification.Load.Driving;

/// <summary>What came of driving a server for a while.</summary>
/// <param name="Calls">Calls that were answered.</param>
/// <param name="Wrong">Of these, answered otherwise than expected.</param>
/// <param name="Missing">Calls that were not answered.</param>
/// <param name="Elapsed">From the first call to the last answer.</param>
/// <param name="BodyBytes">The bytes of all answers' bodies.</param>
/// <param name="Latencies">In nanoseconds; empty where they were not taken.</param>
/// <param name="SendLag">How late calls were sent, in nanoseconds; empty in a closed loop, where nothing is ever late.</param>
internal sealed record Driven(
    long Calls, long Wrong, long Missing, TimeSpan Elapsed, long BodyBytes, HistogramBase Latencies, HistogramBase SendLag)
{
    /// <summary>What the first wrong answer says; null where none is.</summary>
    public string? FirstWrong { get; init; }

    /// <summary>A histogram for latencies up to a minute, to three digits.</summary>
    public static LongHistogram NewHistogram() => new(TimeSpan.NanosecondsPerTick, (long)TimeSpan.FromMinutes(1).TotalNanoseconds, 3);
}
