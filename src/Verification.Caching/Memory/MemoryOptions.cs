using System.ComponentModel.DataAnnotations;

namespace Verification.Caching.Memory;

/// <summary>What a node holds in memory, and how it loads what it does not hold.</summary>
public sealed class MemoryOptions
{
    /// <summary>
    /// The most bytes of permits and of numbers of which the registry knows nothing; these take at most a tenth. Default 536,870,912, which
    /// is some four million permits. It is taken as permits are asked for.
    /// </summary>
    [Range(16_384d, 68_719_476_736d)]
    public long Limit { get; set; } = 512 << 20;

    /// <summary>A setting of earlier versions.</summary>
    [Obsolete("Memory:Limit, in bytes, has taken its place")]
    public int PermitCapacity { get; set; }

    /// <summary>A setting of earlier versions.</summary>
    [Obsolete("Memory:Limit, in bytes, has taken its place")]
    public int AbsenceCapacity { get; set; }

    /// <summary>
    /// The most permits of which the events are held too: those that were asked about at a revision before their last event, or under
    /// a rulebook of the past. Default 20,000, about 20 MB when full.
    /// </summary>
    [Range(3, 10_000_000)]
    public int HistoryCapacity { get; set; } = 20_000;

    /// <summary>
    /// Whether memory is filled from the registry at the start, beside serving, as far as there is room. Default false: permits are read as
    /// they are asked for.
    /// </summary>
    public bool Preload { get; set; }

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
