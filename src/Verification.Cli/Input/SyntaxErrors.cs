using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Verification.Cli.Input;

/// <summary>
/// Says what is wrong with a command line without repeating what may be an identity number. The rule: a word with a digit in it,
/// in any script, is never shown, nor what stands behind <c>=</c> or <c>:</c> in an option.
/// </summary>
internal static partial class SyntaxErrors
{
    public static IEnumerable<string> Describe(ParseResult parse)
    {
        var unmatched = parse.UnmatchedTokens.Select(token => $"unrecognised argument {Show(token)}");
        var repeated = parse.CommandResult.Children.OfType<OptionResult>()
            .Where(option => option.IdentifierTokenCount > 1 && !option.Option.AllowMultipleArgumentsPerToken)
            .Select(option => $"{option.Option.Name} is given more than once");
        var known = unmatched.Concat(repeated).ToArray();
        return known.Length > 0 ? known : parse.Errors.Select(error => Hide(error.Message)).Distinct();
    }

    public static string HelpCommand(ParseResult parse) =>
        parse.CommandResult.Command is RootCommand ? "permitctl --help" : $"permitctl {parse.CommandResult.Command.Name} --help";

    private static string Show(string token)
    {
        var name = token.Split('=', ':')[0];
        return name.Length == 0 || name.Any(char.IsNumber) ? "(not shown: it has digits in it)" : $"'{Printable.Of(name)}'";
    }

    private static string Hide(string message) => Printable.Of(WordWithDigit().Replace(message, "…"));

    [GeneratedRegex(@"[^\s']*\p{N}[^\s']*")]
    private static partial Regex WordWithDigit();
}
