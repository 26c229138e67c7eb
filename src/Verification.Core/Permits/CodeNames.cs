using System.Text;

namespace Verification.Core.Permits;

/// <summary>
/// Writes and reads enum values as the policy does: as codes, <c>NotAdmissible</c> as <c>NOT_ADMISSIBLE</c>, and as the words of a
/// registry file and of settings, <c>not_admissible</c>. Zero, where an enum has it, stands for none and is no word.
/// </summary>
public static class CodeNames
{
    /// <summary>The code of a defined value.</summary>
    /// <exception cref="KeyNotFoundException">The value is not defined.</exception>
    public static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => Table<TEnum>.Names[value];

    /// <summary>The value of a code, compared byte by byte.</summary>
    /// <returns>False when there is no such code.</returns>
    public static bool TryParse<TEnum>(string name, out TEnum value)
        where TEnum : struct, Enum => Table<TEnum>.Values.TryGetValue(name, out value);

    /// <summary>The word of a value that has one.</summary>
    /// <exception cref="KeyNotFoundException">The value is not defined, or none.</exception>
    public static string WordOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => Table<TEnum>.Words[value];

    /// <summary>The value of a word, compared byte by byte.</summary>
    /// <returns>False when there is no such word.</returns>
    public static bool TryParseWord<TEnum>(string? word, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return word is not null && Table<TEnum>.ValuesOfWords.TryGetValue(word, out value);
    }

    /// <summary>All words, in the order of their values.</summary>
    public static IEnumerable<string> Words<TEnum>()
        where TEnum : struct, Enum => Table<TEnum>.Words.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    private static string CodeOf(string member)
    {
        var code = new StringBuilder();
        foreach (var character in member)
        {
            if (char.IsAsciiLetterUpper(character) && code.Length > 0)
            {
                code.Append('_');
            }

            code.Append(char.ToUpperInvariant(character));
        }

        return code.ToString();
    }

    private static class Table<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Names =
            Enum.GetValues<TEnum>().ToDictionary(value => value, value => CodeOf(value.ToString()));

        public static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key);

        public static readonly Dictionary<TEnum, string> Words = Names
            .Where(pair => !pair.Key.Equals(default(TEnum)))
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToLowerInvariant());

        public static readonly Dictionary<string, TEnum> ValuesOfWords = Words.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
