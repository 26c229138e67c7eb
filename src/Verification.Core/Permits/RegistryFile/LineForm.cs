using System.Collections.Frozen;
using System.Collections.Immutable;
using Verification.Core.Permits.Events;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>Where the fields of one type of event stand among those that lines may have (policy §7).</summary>
internal sealed class LineForm
{
    /// <summary>The place of <c>permit</c>.</summary>
    public const int Permit = 0;

    /// <summary>The place of <c>event</c>.</summary>
    public const int Event = 1;

    /// <summary>The place of <c>on</c>.</summary>
    public const int On = 2;

    private static readonly FrozenDictionary<string, LineForm> Forms;

    // The forms need the names.
    static LineForm() =>
        Forms = EventTypes.All.ToFrozenDictionary(type => type.Name, type => new LineForm(type), StringComparer.Ordinal);

    private LineForm(EventType type)
    {
        Type = type;
        Places = [.. type.Fields.Select(field => Names.IndexOf(field.Name))];
    }

    /// <summary>The names of all fields that lines may have.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["permit", "event", "on", .. EventTypes.All.SelectMany(type => type.Fields).Select(field => field.Name).Distinct()];

    /// <summary>The place of <c>kind</c>.</summary>
    public static int Kind { get; } = Names.IndexOf("kind");

    /// <summary>The type of event.</summary>
    public EventType Type { get; }

    /// <summary>For each of its fields the place.</summary>
    public ImmutableArray<int> Places { get; }

    /// <summary>The form of an event by its name; null when there is no such event.</summary>
    public static LineForm? Find(string? name) => name is null ? null : Forms.GetValueOrDefault(name);
}
