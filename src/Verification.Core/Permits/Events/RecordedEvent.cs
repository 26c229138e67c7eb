
namespace Verification.Core.Permits.Events;

/// <summary>An event as the registry holds it.</summary>
/// <param name="Revision">The registry revision that it made, from 1.</param>
/// <param name="Event">What happened.</param>
/// <param name="RecordedAt">When it was recorded, by the registry's clock.</param>
/// <param name="RecordedBy">The consumer that recorded it.</param>
public sealed record RecordedEvent(long Revision, PermitEvent Event, DateTimeOffset RecordedAt, string RecordedBy);
