namespace Verification.Load.Measuring;

/// <summary>One server driven once.</summary>
/// <param name="Checks">Checks answered.</param>
/// <param name="ChecksPerSecond">How many in a second.</param>
/// <param name="CpuMicroseconds">The server's processor time for a check.</param>
/// <param name="SystemCpuMicroseconds">The same by the system's own, coarser count.</param>
/// <param name="AllocatedBytes">The server's allocations for a check.</param>
/// <param name="ServerCores">The cores that the server kept busy.</param>
/// <param name="GeneratorCores">The cores that who drove it kept busy.</param>
/// <param name="Flaw">Why the round does not count; null where it does.</param>
internal sealed record Round(
    long Checks,
    double ChecksPerSecond,
    double CpuMicroseconds,
    double SystemCpuMicroseconds,
    double AllocatedBytes,
    double ServerCores,
    double GeneratorCores,
    string? Flaw)
{
    /// <summary>Whether who drove it was the limit: one thread of it was busy all the time, or it took more than the server.</summary>
    public bool IsGeneratorBound => GeneratorCores > ServerCores || GeneratorCores > 0.95 * Math.Max(1, GeneratorThreads);

    /// <summary>Of the server's processor time, what its runtime spent on compiling: next to nothing once it is warm.</summary>
    public double CompilingShare { get; init; }

    /// <summary>The threads of who drove it, where they are few; otherwise those of the machine.</summary>
    public int GeneratorThreads { get; init; } = Environment.ProcessorCount;
}
