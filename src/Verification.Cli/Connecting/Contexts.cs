using System.Text.Json.Serialization;

namespace Verification.Cli.Connecting;

/// <summary>All contexts of the user.</summary>
/// <param name="Current">The one that is meant where none is named; null where there is none.</param>
/// <param name="All">Each by its name.</param>
internal sealed record Contexts(
    [property: JsonPropertyName("current")] string? Current,
    [property: JsonPropertyName("contexts")] SortedDictionary<string, StoredContext> All)
{
    public static Contexts None => new(null, new SortedDictionary<string, StoredContext>(StringComparer.Ordinal));
}
