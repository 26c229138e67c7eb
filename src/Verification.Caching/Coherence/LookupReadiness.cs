using System.Collections.Immutable;

namespace Verification.Caching.Coherence;

/// <summary>Whether this node can answer, and if not, why. Asks nobody: it says what the feed knows.</summary>
public sealed class LookupReadiness
{
    private readonly ChangeFeed _feed;
    private readonly FeedOptions _options;
    private readonly TimeProvider _clock;

    internal LookupReadiness(ChangeFeed feed, FeedOptions options, TimeProvider clock)
    {
        _feed = feed;
        _options = options;
        _clock = clock;
    }

    /// <summary>The registry that this node follows; null until it was heard of.</summary>
    public Guid? RegistryId => _feed.Position?.Epoch.RegistryId;

    /// <summary>The revision up to which every change is applied; null until the registry was heard of.</summary>
    public long? Revision => _feed.Position?.Revision;

    /// <summary>How long ago the registry was last heard of; null until it was.</summary>
    public TimeSpan? Age => _feed.Position?.Sent.Age(_clock);

    /// <summary>How far this node's clock is off the registry's, as the last poll could tell.</summary>
    public TimeSpan ClockSkew => _feed.ClockSkew;

    /// <summary>All reasons why this node is not ready; none when it is.</summary>
    public ImmutableArray<ReadinessReason> Check()
    {
        var reasons = ImmutableArray.CreateBuilder<ReadinessReason>();
        if (_feed.Position is not { } position)
        {
            reasons.Add(_feed.WentBack ? ReadinessReason.RegistryWentBack : ReadinessReason.Starting);
        }
        else if (position.Sent.Age(_clock) > _options.DefaultStaleness)
        {
            reasons.Add(ReadinessReason.RegistryStale);
        }

        if (_feed.ClockSkew > _options.ClockSkewLimit)
        {
            reasons.Add(ReadinessReason.ClockSkewed);
        }

        return reasons.ToImmutable();
    }

    /// <summary>The reason as health answers spell it, as in <c>REGISTRY_STALE</c>.</summary>
    public static string CodeOf(ReadinessReason reason) => reason switch
    {
        ReadinessReason.Starting => "STARTING",
        ReadinessReason.RegistryStale => "REGISTRY_STALE",
        ReadinessReason.RegistryWentBack => "REGISTRY_WENT_BACK",
        ReadinessReason.ClockSkewed => "CLOCK_SKEWED",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
