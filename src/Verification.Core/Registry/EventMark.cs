using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>Tells the event at a revision from another that a restored registry may have put there.</summary>
/// <param name="Permit">The permit.</param>
/// <param name="Sequence">The event's place in the permit's history, from 1.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public readonly record struct EventMark(PermitNumber Permit, int Sequence, DateTimeOffset RecordedAt);
