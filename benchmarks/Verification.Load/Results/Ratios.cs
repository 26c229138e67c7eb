using Verification.Load.Measuring;

namespace Verification.Load.Results;

/// <summary>The service over a yardstick, of rounds in turns.</summary>
/// <param name="Cpu">By the server's processor time for a check.</param>
/// <param name="Capacity">By checks a second.</param>
/// <param name="P50">By the median of latencies; null where none were taken.</param>
/// <param name="P99">By their 99th percentile.</param>
internal sealed record Ratios(Ratio Cpu, Ratio Capacity, Ratio? P50, Ratio? P99);
