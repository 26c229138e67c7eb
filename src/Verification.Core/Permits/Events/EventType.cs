using System.Collections.Immutable;

namespace Verification.Core.Permits.Events;

/// <summary>
/// What makes up one type of event: its name and its fields, which are the same in a registry file, in the contract and in what stores
/// keep, and how it is made of them.
/// </summary>
public sealed class EventType
{
    private readonly Func<DateOnly, object?[], PermitEvent> _create;

    internal EventType(Type happening, string name, Func<DateOnly, object?[], PermitEvent> create, ImmutableArray<EventField> fields)
    {
        Happening = happening;
        Name = name;
        Fields = fields;
        _create = create;
    }

    /// <summary>The event's name, as in <c>employment_ended</c>.</summary>
    public string Name { get; }

    /// <summary>Its fields besides the permit's number and the date, in the order in which stores keep them.</summary>
    public ImmutableArray<EventField> Fields { get; }

    /// <summary>The subtype of <see cref="PermitEvent"/>.</summary>
    internal Type Happening { get; }

    /// <summary>Makes an event.</summary>
    /// <param name="on">Its date.</param>
    /// <param name="values">A value for each field; null where an optional one is absent.</param>
    public PermitEvent Create(DateOnly on, object?[] values) => _create(on, values);
}
