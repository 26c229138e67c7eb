using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>
/// What a node knows of the registry: it has applied every change up to a revision, which was everything as of an instant.
/// Immutable. A check reads one position before it looks anything up, and reaches all else through it.
/// </summary>
/// <remarks>
/// <para>
/// What an answer may claim. Let the position say (R, T), and let an entry hold a number's facts as read from the registry at
/// revision c, c ≥ stamp of the number's bucket, where the stamp was read after the position. Then the facts are exactly those at
/// revision max(R, c):
/// if c ≥ R, they were read at c in one snapshot. If c &lt; R, an event e of the number with c &lt; e ≤ R would have raised the stamp
/// to e or more before R was published, against c ≥ stamp; so there is none, and the facts at c are those at R.
/// </para>
/// <para>
/// It follows that for any r ≤ R the events up to r among those facts are exactly the facts at r: that is how one revision is
/// answered for a whole batch, and how <c>known_at_revision</c> is.
/// An answer at max(R, c) ≥ R reflects every event committed before T, because R does.
/// A load that began after the position was read needs no stamp: the registry stood at R before it, so c ≥ R.
/// </para>
/// </remarks>
internal sealed class FeedPosition
{
    public required RegistryEpoch Epoch { get; init; }

    /// <summary>R: every change up to it is applied.</summary>
    public required long Revision { get; init; }

    /// <summary>T: by the registry's clock; every event committed before it has a revision up to R.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the poll that told T was sent.</summary>
    public required PollInstant Sent { get; init; }

    /// <summary>The permit of the event at R, where a change told it.</summary>
    public PermitNumber? LastPermit { get; init; }

    /// <summary>The mark of the event at R, once a poll told it.</summary>
    public EventMark? Mark { get; init; }

    /// <summary>When the registry last recorded something; null where it never did.</summary>
    public LastRecorded? Last { get; init; }

    /// <summary>Whether what the registry says now follows what it said at this position.</summary>
    public bool IsFollowedBy(RegistryChanges changes) =>
        changes.Head.RegistryId == Epoch.RegistryId
        && changes.Head.Revision >= Revision
        && (Mark is null ? LastPermit is null || LastPermit == changes.MarkAtSince?.Permit : Mark == changes.MarkAtSince);
}
