using System.CommandLine;
using System.CommandLine.Completions;

namespace Verification.Cli.Input;

/// <summary>The words that a shell offers for the value of an option or an argument.</summary>
internal static class Offers
{
    /// <summary>An option whose value is one of these.</summary>
    public static Option<T> Offering<T>(this Option<T> option, IEnumerable<string> words)
    {
        option.CompletionSources.Add(_ => words.Select(word => new CompletionItem(word)));
        return option;
    }

    /// <summary>An argument whose value is one of these.</summary>
    public static Argument<T> Offering<T>(this Argument<T> argument, IEnumerable<string> words)
    {
        argument.CompletionSources.Add(_ => words.Select(word => new CompletionItem(word)));
        return argument;
    }
}
