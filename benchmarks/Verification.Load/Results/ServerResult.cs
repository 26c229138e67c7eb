namespace Verification.Load.Results;

/// <summary>What a server did in a scenario: the medians of its rounds.</summary>
/// <param name="Name">The server: <c>service</c>, or a yardstick.</param>
/// <param name="ChecksPerSecond">Its capacity.</param>
/// <param name="CpuMicroseconds">Its processor time for a check.</param>
/// <param name="SystemCpuShare">The same by the system's own count, over the server's: 1 where both agree.</param>
/// <param name="AllocatedBytes">Its allocations for a check.</param>
/// <param name="ServerCores">The cores that it kept busy.</param>
/// <param name="GeneratorCores">The cores that who drove it kept busy.</param>
/// <param name="IsGeneratorBound">Whether who drove it was the limit of its capacity.</param>
/// <param name="Rounds">The rounds that count.</param>
/// <param name="Flaw">Why others do not; null where all do.</param>
/// <param name="Latency">Its latencies; null where none were taken.</param>
/// <param name="Ratio">The service over this one; null for the service itself.</param>
internal sealed record ServerResult(
    string Name,
    double ChecksPerSecond,
    double CpuMicroseconds,
    double SystemCpuShare,
    double AllocatedBytes,
    double ServerCores,
    double GeneratorCores,
    bool IsGeneratorBound,
    int Rounds,
    string? Flaw,
    LatencyResult? Latency,
    Ratios? Ratio);
