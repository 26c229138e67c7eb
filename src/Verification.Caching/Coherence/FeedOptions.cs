using System.ComponentModel.DataAnnotations;

namespace Verification.Caching.Coherence;

/// <summary>How the registry's changes are followed, and how old knowledge may get.</summary>
public sealed class FeedOptions : IValidatableObject
{
    /// <summary>The longest time between two polls. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time between two polls. Default 5 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MinPollSpacing { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// How long one read of a poll may take. Default 1 s. A caller who needs a poll waits for the one under way and the next: twice
    /// this long at most, unless its own deadline comes first.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most changes that one read of a poll brings. Default 10,000.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 10_000;

    /// <summary>The staleness allowed when a caller does not say. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan DefaultStaleness { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The staleness allowed at most, whatever a caller says. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan StalenessCap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far this node's clock may be off the registry's before it is not ready. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ClockSkewLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DefaultStaleness > StalenessCap)
        {
            yield return new("must not be above StalenessCap.", [nameof(DefaultStaleness)]);
        }

        if (PollInterval >= DefaultStaleness)
        {
            yield return new("must be below DefaultStaleness: between two polls every answer would be refused.", [nameof(PollInterval)]);
        }
    }
}
