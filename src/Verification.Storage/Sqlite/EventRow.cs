using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>An event as a row of the registry, with the head of its snapshot where the statement reads both.</summary>
internal sealed class EventRow
{
    public string RegistryId { get; init; } = string.Empty;

    public long Counter { get; init; }

    /// <summary>Null in the one row of a load that found no event.</summary>
    public string? Permit { get; init; }

    public long Revision { get; init; }

    public string Type { get; init; } = string.Empty;

    public string EffectiveOn { get; init; } = string.Empty;

    public string? Payload { get; init; }

    public long RecordedAt { get; init; }

    public string RecordedBy { get; init; } = string.Empty;

    /// <summary>The history that the rows of one permit make, in order of sequence; null when there are none.</summary>
    public static PermitHistory? ToHistory(PermitNumber number, IEnumerable<EventRow> rows) =>
        StoredEvent.ToHistory(number, rows.Where(row => row.Permit is not null).Select(row => row.ToStored()));

    /// <summary>Reads an event's date.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static DateOnly ReadDate(string text) =>
        CivilDates.TryParse(text, out var date) ? date : throw new FormatException("The date of a stored event is damaged.");

    /// <summary>The event itself.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public PermitEvent ToEvent() => EventPayload.Read(Type, ReadDate(EffectiveOn), Payload);

    private StoredEvent ToStored() =>
        new(Revision, Type, ReadDate(EffectiveOn), Payload, StoredTime.FromMicroseconds(RecordedAt), RecordedBy);
}
