using System.Text;

namespace Verification.Core.Permits;

/// <summary>Writes and reads enum values as the policy's codes: <c>NotAdmissible</c> as <c>NOT_ADMISSIBLE</c>.</summary>
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
    }
}
