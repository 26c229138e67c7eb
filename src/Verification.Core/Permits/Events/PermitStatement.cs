namespace Verification.Core.Permits.Events;

/// <summary>
/// What an event says of a permit: its type, its date and its fields as the registry keeps them, with the policy's defaults. Two
/// that are equal say the same, whoever recorded them; identity numbers are compared by their digests.
/// </summary>
public sealed class PermitStatement : IEquatable<PermitStatement>
{
    /// <summary>What an event to record says of a permit.</summary>
    public PermitStatement(PermitNumber permit, PermitEvent happening)
        : this(permit, happening, EventPayload.Write(happening))
    {
    }

    private PermitStatement(PermitNumber permit, PermitEvent happening, string? payload)
    {
        Permit = permit;
        Event = happening;
        Payload = payload;
        Fields = happening is Issued { AppliedOn: { } appliedOn } issued && appliedOn == issued.On
            ? EventPayload.Write(issued with { AppliedOn = null })
            : payload;
    }

    /// <summary>The permit.</summary>
    public PermitNumber Permit { get; }

    /// <summary>The event.</summary>
    public PermitEvent Event { get; }

    /// <summary>The event's fields as stores keep them (<see cref="EventPayload"/>); null where it has none.</summary>
    public string? Payload { get; }

    /// <summary>The payload without what holds no more than its default.</summary>
    public string? Fields { get; }

    /// <summary>What a stored event says of a permit.</summary>
    /// <exception cref="FormatException">The stored event is damaged.</exception>
    public static PermitStatement Stored(PermitNumber permit, string name, DateOnly on, string? payload) =>
        new(permit, EventPayload.Read(name, on, payload), payload);

    /// <inheritdoc/>
    public bool Equals(PermitStatement? other) =>
        other is not null
        && Permit == other.Permit
        && Event.On == other.Event.On
        && Event.GetType() == other.Event.GetType()
        && string.Equals(Fields, other.Fields, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PermitStatement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Permit, Event.On, Event.GetType(), Fields);
}
