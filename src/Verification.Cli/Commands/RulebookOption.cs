using System.CommandLine;

namespace Verification.Cli.Commands;

/// <summary>The rulebook that a command asks under.</summary>
internal static class RulebookOption
{
    public static Option<string> Create() => new("--rulebook")
    {
        Description = "Answer under this rulebook, as an earlier answer names it. Default: today's. Needs role audit.",
        HelpName = "VERSION",
    };
}
