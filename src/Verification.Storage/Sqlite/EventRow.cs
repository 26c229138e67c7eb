using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Storage.Sqlite;

/// <summary>An event as a row of the registry, where one is written.</summary>
internal sealed class EventRow
{
    /// <summary>Null where the statement does not read it.</summary>
    public string? Permit { get; init; }

    public long Revision { get; init; }

    public string Type { get; init; } = string.Empty;

    public string EffectiveOn { get; init; } = string.Empty;

    public string? Payload { get; init; }

    /// <summary>Reads an event's date.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static DateOnly ReadDate(string text) =>
        CivilDates.TryParse(text, out var date) ? date : throw new FormatException("The date of a stored event is damaged.");

    /// <summary>The event itself.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public PermitEvent ToEvent() => EventPayload.Read(Type, ReadDate(EffectiveOn), Payload);
}
