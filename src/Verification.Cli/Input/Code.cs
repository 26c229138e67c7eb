using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Verification.Cli.Input;

/// <summary>The codes of a contract enum without their prefix, as in <c>HOME_PURCHASE</c>.</summary>
internal static class Code<T>
    where T : struct, Enum
{
    private const string Zero = "UNSPECIFIED";

    private static readonly FrozenDictionary<T, string> Names = ReadNames();

    private static readonly FrozenDictionary<string, T> Values =
        Names.Where(pair => pair.Value != Zero).ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>All codes but the unspecified one, in the order of the contract, in lower case.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. Enum.GetValues<T>().Select(Name).Where(name => name != Zero).Select(name => name.ToLowerInvariant())];

    /// <summary>The code; the number for a value that this version does not know.</summary>
    public static string Name(T value) => Names.TryGetValue(value, out var name) ? name : value.ToString();

    /// <summary>Reads a code in upper or lower case.</summary>
    public static bool TryParse(string text, out T value) => Values.TryGetValue(text, out value);

    private static FrozenDictionary<T, string> ReadNames()
    {
        var names = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(
            field => (T)field.GetValue(null)!,
            field => field.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? field.Name);
        var prefix = names[default].Length - Zero.Length;
        return names.ToFrozenDictionary(pair => pair.Key, pair => pair.Value[prefix..]);
    }
}
