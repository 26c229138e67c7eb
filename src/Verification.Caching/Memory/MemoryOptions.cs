using System.ComponentModel.DataAnnotations;

namespace Verification.Caching.Memory;

/// <summary>What a node holds in memory, and how it loads what it does not hold.</summary>
public sealed class MemoryOptions
{
    /// <summary>The most permits held. Default 1,000,000, about 0.55 GB when full.</summary>
    [Range(3, 100_000_000)]
    public int PermitCapacity { get; set; } = 1_000_000;

    /// <summary>The most numbers held of which the registry knows nothing. Default 100,000.</summary>
    [Range(3, 10_000_000)]
    public int AbsenceCapacity { get; set; } = 100_000;

    /// <summary>
    /// The most permits of which the events are held too: those that were asked about at a revision before their last event, or under
    /// a rulebook of the past. Default 20,000, about 20 MB when full.
    /// </summary>
    [Range(3, 10_000_000)]
    public int HistoryCapacity { get; set; } = 20_000;

    /// <summary>How long a load may take, for all who wait for it. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LoadDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The most loads from the registry at the same time; others wait for their turn within their deadline. A load of many numbers
    /// counts once for each ten of them. Default 256.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxConcurrentLoads { get; set; } = 256;
}
