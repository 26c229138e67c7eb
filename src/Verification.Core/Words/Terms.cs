using System.Collections.Frozen;
using System.Text.Json;

namespace Verification.Core.Words;

/// <summary>
/// The one table of the words for codes: what people read of kinds, statuses, reasons, entitlements and errors, with the official words of
/// the policy. It is data (<c>terms.json</c>), so that a page reads the same.
/// </summary>
public static class Terms
{
    private const string FileName = "terms.json";

    private static readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, Term>>> Table = new(Read);

    /// <summary>The kinds of codes that there are words for, as in <c>permit_status</c>.</summary>
    public static IEnumerable<string> Sections => Table.Value.Keys;

    /// <summary>All codes of a kind, each with its words; none where there is no such kind.</summary>
    public static IEnumerable<Term> All(string section) => Table.Value.TryGetValue(section, out var terms) ? terms.Values : [];

    /// <summary>The words for a code.</summary>
    /// <param name="section">What kind of code it is, as in <c>permit_status</c>.</param>
    /// <param name="code">The code, without the prefix that the contract gives it.</param>
    /// <returns>Null where there are none: the code is of a later version.</returns>
    public static Term? Find(string section, string code) =>
        Table.Value.TryGetValue(section, out var terms) && terms.TryGetValue(code, out var term) ? term : null;

    /// <summary>The words for a defined value, of an enum that has a section.</summary>
    /// <exception cref="KeyNotFoundException">It is neither.</exception>
    public static Term Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Table.Value[Section<TEnum>.Name][JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString())];

    /// <summary>The table as it is, for who reads it without this library.</summary>
    public static Stream Open() => typeof(Terms).Assembly.GetManifestResourceStream(FileName)
        ?? throw new InvalidOperationException($"The resource {FileName} is missing.");

    private static FrozenDictionary<string, FrozenDictionary<string, Term>> Read()
    {
        using var stream = Open();
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToFrozenDictionary(
            section => section.Name,
            section => section.Value.EnumerateObject().ToFrozenDictionary(entry => entry.Name, entry => Read(entry.Name, entry.Value)));
    }

    private static Term Read(string code, JsonElement entry) => new(
        code,
        new Wording(Text(entry, "en"), Text(entry, "zh")),
        entry.TryGetProperty("official", out var official) && official.GetBoolean(),
        entry.TryGetProperty("meaning_en", out _) ? new Wording(Text(entry, "meaning_en"), Text(entry, "meaning_zh")) : null);

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    private static class Section<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly string Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(TEnum).Name);
    }
}
