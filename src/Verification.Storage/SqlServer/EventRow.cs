using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Storage.Records;

namespace Verification.Storage.SqlServer;

/// <summary>An event as a row of the registry; where the statement reads it too, with the head of its snapshot.</summary>
internal sealed class EventRow
{
    public Guid RegistryId { get; init; }

    public long Counter { get; init; }

    public DateTime AsOf { get; init; }

    /// <summary>Null in the one row of a load that found no event.</summary>
    public string? Permit { get; init; }

    public long Revision { get; init; }

    public string Type { get; init; } = string.Empty;

    public DateTime EffectiveOn { get; init; }

    public string? Payload { get; init; }

    public DateTime RecordedAt { get; init; }

    public string RecordedBy { get; init; } = string.Empty;

    /// <summary>The head of the snapshot that the row is from.</summary>
    public RegistryHead Head => new(RegistryId, Counter, Instant(AsOf));

    /// <summary>An instant that the server answered, which says nothing of its time zone: UTC.</summary>
    public static DateTimeOffset Instant(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    /// <summary>The histories in rows that are in order of permit and sequence.</summary>
    public static Dictionary<PermitNumber, PermitHistory> ToHistories(IEnumerable<EventRow> rows) => rows
        .Where(row => row.Permit is not null)
        .GroupBy(row => row.Permit, StringComparer.Ordinal)
        .Select(group => StoredEvent.ToHistory(PermitNumber.FromStored(group.Key), group.Select(row => row.ToStored()))!)
        .ToDictionary(history => history.Number);

    /// <summary>The event itself.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public PermitEvent ToEvent() => EventPayload.Read(Type, DateOnly.FromDateTime(EffectiveOn), Payload);

    /// <summary>What the event says of its permit.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public PermitStatement ToStatement() =>
        PermitStatement.Stored(PermitNumber.FromStored(Permit), Type, DateOnly.FromDateTime(EffectiveOn), Payload);

    private StoredEvent ToStored() =>
        new(Revision, Type, DateOnly.FromDateTime(EffectiveOn), Payload, Instant(RecordedAt), RecordedBy);
}
