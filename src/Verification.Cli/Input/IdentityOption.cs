using System.CommandLine;

namespace Verification.Cli.Input;

/// <summary>An option whose value is the number of somebody's document, of whichever form: no message repeats it.</summary>
internal sealed class IdentityOption : Option<string>
{
    public IdentityOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "ID";
    }

    /// <summary>The numbers that a command line brings, as typed.</summary>
    public static IReadOnlyList<string> NumbersIn(ParseResult parse) =>
        [.. parse.CommandResult.Command.Options.OfType<IdentityOption>().Select(parse.GetValue).OfType<string>()];
}
