namespace Verification.Core.Lookup;

/// <summary>How fresh an answer must be. The default value asks for the service's default staleness.</summary>
public readonly record struct FreshnessDemand
{
    /// <summary>How long ago the last change may have been committed that the answer misses; null for the service's default.</summary>
    public TimeSpan? Staleness { get; private init; }

    /// <summary>The answer must be from this revision or a later one.</summary>
    public long Revision { get; private init; }

    /// <summary>Whether the answer must reflect every event committed before the request came.</summary>
    public bool IsFullyConsistent { get; private init; }

    /// <summary>The answer reflects every event committed up to this long ago; the service caps it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static FreshnessDemand MaxStaleness(TimeSpan staleness)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(staleness, TimeSpan.Zero);
        return new FreshnessDemand { Staleness = staleness };
    }

    /// <summary>The answer reflects this revision or a later one, and is within a staleness.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="staleness">Null for the service's default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The revision is negative.</exception>
    public static FreshnessDemand AtLeastRevision(long revision, TimeSpan? staleness = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return new FreshnessDemand { Revision = revision, Staleness = staleness };
    }

    /// <summary>The answer reflects every event committed before the request came.</summary>
    public static FreshnessDemand FullyConsistent() => new() { IsFullyConsistent = true };
}
