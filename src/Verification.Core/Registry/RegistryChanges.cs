using System.Collections.Immutable;

namespace Verification.Core.Registry;

/// <summary>What was committed after a revision.</summary>
/// <param name="Head">The head of the same snapshot.</param>
/// <param name="MarkAtSince">The mark of the event at the revision asked about; null where there is none.</param>
/// <param name="Changes">The commits after it, in order. Fewer than asked for means: all of them.</param>
/// <param name="Last">When something was last recorded; null where nothing ever was.</param>
public sealed record RegistryChanges(
    RegistryHead Head, EventMark? MarkAtSince, ImmutableArray<RegistryChange> Changes, LastRecorded? Last)
{
    /// <summary>
    /// Whether the registry stood at the revision asked about: an event made it, or the last restore before the next event went on
    /// from it. Of the revisions that a restore leaves out all others are unknown: what was answered at them may have been lost.
    /// </summary>
    /// <param name="sinceRevision">The revision asked about, with a limit of at least one change.</param>
    public bool StoodAt(long sinceRevision) =>
        MarkAtSince is not null
        || sinceRevision == 0
        || sinceRevision == Head.Revision
        || (Changes is [var next, ..] && next.Revision == sinceRevision + 1);
}
