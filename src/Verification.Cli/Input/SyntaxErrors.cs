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
    /// <summary>What is wrong, one line each; none where the command can run.</summary>
    public static IReadOnlyList<string> Describe(ParseResult parse, IReadOnlyCollection<string> args)
    {
        var names = Names(parse.CommandResult).ToArray();
        var wrong = parse.UnmatchedTokens.Concat(MistakenForValues(parse, args)).ToHashSet();
        var unrecognised = parse.Tokens.Select(token => token.Value).Where(wrong.Contains).Distinct()
            .Select(token => Say($"unrecognised argument {Show(token, names)}", $"无法识别的参数{Show(token, names)}"));
        var repeated = parse.CommandResult.Children.OfType<OptionResult>()
            .Where(option => option.IdentifierTokenCount > 1 && !option.Option.AllowMultipleArgumentsPerToken)
            .Select(option => Say($"{option.Option.Name} is given more than once", $"{option.Option.Name} 重复给出"));
        string[] known = [.. unrecognised, .. repeated];
        return known.Length > 0 ? known : [.. parse.Errors.Select(error => Hide(error.Message)).Distinct()];
    }

    public static string HelpCommand(ParseResult parse) =>
        parse.CommandResult.Command is RootCommand ? "permitctl --help" : $"permitctl {parse.CommandResult.Command.Name} --help";

    /// <summary>
    /// Options that nobody has, which the parser takes for an argument or for the value of the option before them. What is meant so
    /// is written behind <c>--</c>, or as <c>--option=--value</c>.
    /// </summary>
    private static IEnumerable<string> MistakenForValues(ParseResult parse, IReadOnlyCollection<string> args)
    {
        var arguments = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).ToHashSet();
        return parse.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && args.Contains(token.Value))
            .Where(token => token.Value.StartsWith("--", StringComparison.Ordinal) || arguments.Contains(token) && token.Value is ['-', _, ..])
            .Select(token => token.Value);
    }

    /// <summary>All that could have been meant: the commands below this one, its options and those of all commands.</summary>
    private static IEnumerable<string> Names(CommandResult? command)
    {
        var names = command!.Command.Subcommands.Select(below => below.Name).Concat(command.Command.Options.Select(option => option.Name));
        return command.Parent is CommandResult above
            ? names.Concat(Names(above).Where(name => name.StartsWith('-')))
            : names;
    }

    private static string Show(string token, IReadOnlyCollection<string> names)
    {
        var name = token.Split('=', ':')[0];
        if (name.Length == 0 || name.Any(char.IsNumber))
            return Say("(not shown: it has digits in it)", "（含有数字，不予显示）");
        if (names.Contains(name))
            return Say($"'{name}' where the value of the option before it belongs", $" '{name}'，此处应为前一选项的值");
        var meant = Suggestion.For(name, names);
        return $"'{Printable.Of(name)}'" + (meant is null ? "" : Say($"; did you mean {meant}?", $"；是否想输入 {meant}？"));
    }

    private static string Hide(string message) => Printable.Of(WordWithDigit().Replace(message, "…"));

    [GeneratedRegex(@"[^\s']*\p{N}[^\s']*")]
    private static partial Regex WordWithDigit();
}
