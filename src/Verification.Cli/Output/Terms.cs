using System.Text.Json;
using Permits.Verification.V1;
using Verification.Cli.Input;
using Table = Verification.Core.Words.Terms;

namespace Verification.Cli.Output;

/// <summary>The words for codes, from the common table, in the language of the command.</summary>
internal static class Terms
{
    /// <summary>A code of the contract.</summary>
    public static Term Of<T>(T value)
        where T : struct, Enum => Of(Section<T>.Name, Code<T>.Name(value));

    /// <summary>A code of a section of the table.</summary>
    public static Term Of(string section, string code) => Table.Find(section, code) is { } term
        ? new Term(code, term.IsOfficial || IsChinese ? term.Name.Chinese : "", term.Meaning is { } meaning ? Say(meaning) : "")
        : new Term(code);

    /// <summary>A code as a word: in English in lower case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => Say(Code<T>.Name(value).ToLowerInvariant(), Of(value).Short);

    /// <summary>A procedure, whose official name the rulebook has.</summary>
    public static Term OfProcedure(Procedure procedure) => new(procedure.Code, procedure.NameZh);

    private static class Section<T>
        where T : struct, Enum
    {
        public static readonly string Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(T).Name);
    }
}
