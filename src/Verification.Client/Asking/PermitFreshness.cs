using Google.Protobuf.WellKnownTypes;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>How fresh an answer must be.</summary>
public sealed record PermitFreshness
{
    private PermitFreshness()
    {
    }

    /// <summary>The answer reflects every event that was committed before the call came. It waits for the registry, some milliseconds.</summary>
    public static PermitFreshness FullyConsistent { get; } = new() { IsFullyConsistent = true };

    /// <summary>How old the answer may be; null where something else is asked.</summary>
    public TimeSpan? MaxStaleness { get; private init; }

    /// <summary>The revision that the answer must reflect; null where something else is asked.</summary>
    public long? Revision { get; private init; }

    /// <summary>Whether the answer must reflect everything.</summary>
    public bool IsFullyConsistent { get; private init; }

    /// <summary>The answer reflects every event committed up to so long ago. Above one hour counts as one hour.</summary>
    public static PermitFreshness AtMost(TimeSpan staleness)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(staleness, TimeSpan.Zero);
        return new() { MaxStaleness = staleness };
    }

    /// <summary>The answer reflects this revision or a later one: what the caller has recorded, or was told before.</summary>
    public static PermitFreshness AtLeast(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return new() { Revision = revision };
    }

    internal Freshness ToMessage() =>
        MaxStaleness is { } staleness ? new() { MaxStaleness = Duration.FromTimeSpan(staleness) }
        : Revision is { } revision ? new() { AtLeastRevision = revision }
        : new() { FullyConsistent = true };
}
