using System.Collections.Immutable;

namespace Verification.Core.Lookup;

/// <summary>What was committed after a revision.</summary>
/// <param name="Head">The head of the same snapshot.</param>
/// <param name="MarkAtSince">The mark of the event at the revision asked about; null where there is none.</param>
/// <param name="Changes">The commits after it, in order. Fewer than asked for means: all of them.</param>
public sealed record RegistryChanges(RegistryHead Head, EventMark? MarkAtSince, ImmutableArray<RegistryChange> Changes);
