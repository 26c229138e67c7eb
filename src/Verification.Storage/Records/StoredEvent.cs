using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Storage.Records;

/// <summary>An event as every store keeps it.</summary>
internal readonly record struct StoredEvent(
    long Revision, string Type, DateOnly EffectiveOn, string? Payload, DateTimeOffset RecordedAt, string RecordedBy)
{
    /// <summary>The history that the events of one permit make, in order of sequence; null when there are none.</summary>
    /// <exception cref="FormatException">An event is damaged.</exception>
    /// <exception cref="ArgumentException">The history is damaged.</exception>
    public static PermitHistory? ToHistory(PermitNumber number, IEnumerable<StoredEvent> events)
    {
        var recorded = events.Select(stored => stored.ToRecordedEvent()).ToList();
        return recorded.Count == 0 ? null : new PermitHistory(number, [.. recorded]);
    }

    private RecordedEvent ToRecordedEvent() => new(Revision, EventPayload.Read(Type, EffectiveOn, Payload), RecordedAt, RecordedBy);
}
