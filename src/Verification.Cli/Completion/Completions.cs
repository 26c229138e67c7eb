using System.CommandLine;
using System.CommandLine.Parsing;

namespace Verification.Cli.Completion;

/// <summary>Finds the words that may follow what is typed.</summary>
internal static class Completions
{
    // What is typed on one line; more is no command.
    private const int MostCharacters = 32_768;

    /// <summary>The words, in the order in which they are offered.</summary>
    /// <param name="root">The whole command line.</param>
    /// <param name="syntax">How it is read.</param>
    /// <param name="line">What is typed, from the program's name to the cursor.</param>
    public static IEnumerable<string> For(RootCommand root, ParserConfiguration syntax, string line)
    {
        if (line.Length > MostCharacters)
            return [];
        var words = CommandLineParser.SplitCommandLine(line).Skip(1).ToList();
        // Behind a blank a new word begins.
        var begun = words.Count > 0 && !char.IsWhiteSpace(line[^1]) ? words[^1] : "";
        var before = string.Join(' ', words.Select(Quoted));
        var text = begun.Length == 0 && before.Length > 0 ? before + " " : before;
        return root.Parse(text, syntax).GetCompletions(text.Length)
            .Select(item => item.InsertText ?? item.Label)
            .Where(word => word.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && !IsOtherSpelling(word))
            .Distinct();
    }

    private static string Quoted(string word) => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word;

    // Help has five spellings; one is enough to offer.
    private static bool IsOtherSpelling(string word) => word is "-?" or "/?" or "/h" or "-h";
}
