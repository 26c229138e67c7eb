using System.Collections.Immutable;
using Verification.Core.Rules.Dates;

namespace Verification.Caching.Coherence;

/// <summary>Whether this node can answer, and if not, why. Asks nobody: it says what the feed knows.</summary>
public sealed class LookupReadiness
{
    private readonly ChangeFeed _feed;
    private readonly FeedOptions _options;
    private readonly TimeProvider _clock;
    private readonly DamagedPermits _damaged;
    private readonly Func<long?>? _preloading;

    internal LookupReadiness(
        ChangeFeed feed, DamagedPermits damaged, FeedOptions options, TimeProvider clock, Func<long?>? preloading = null)
    {
        _preloading = preloading;
        _feed = feed;
        _damaged = damaged;
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

    /// <summary>Whether the registry was heard of and nothing was ever recorded in it: ready, but no check is answered.</summary>
    public bool IsEmpty => _feed.Position is { Last: null };

    /// <summary>How many permits were found in damaged parts of the registry, and not read since.</summary>
    public int DamagedPermits => _damaged.Count;

    /// <summary>While memory is filled from the registry, how many permits were read by now; null before, after and without it.</summary>
    public long? PermitsPreloaded => _preloading?.Invoke();

    /// <summary>The earliest time that a clock which is right may show; null until the registry was heard of, and where it is empty.</summary>
    public DateTimeOffset? ClockFloor => _feed.Position?.Last?.ClockFloor;

    /// <summary>
    /// Whether this node's clock cannot be right: too far off the registry's, earlier than the newest event, or outside the calendar.
    /// What day it is cannot be told then. Allocates nothing.
    /// </summary>
    public bool IsClockSkewed => _feed.ClockSkew > _options.ClockSkewLimit || IsClockImpossible;

    /// <summary>Whether this node's clock is earlier than the newest event, or outside the calendar.</summary>
    public bool IsClockImpossible
    {
        get
        {
            var now = _clock.GetUtcNow();
            return now < ClockFloor - _options.ClockSkewLimit
                || !AsOfRange.CanBeToday(Calendar.DateInBeijing(now));
        }
    }

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

        if (_feed.Replaced)
        {
            reasons.Add(ReadinessReason.RegistryReplaced);
        }

        if (IsClockSkewed)
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
        ReadinessReason.RegistryReplaced => "REGISTRY_REPLACED",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
