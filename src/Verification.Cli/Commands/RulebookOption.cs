using System.CommandLine;

namespace Verification.Cli.Commands;

/// <summary>The rulebook that a command asks under.</summary>
internal static class RulebookOption
{
    public static Option<string> Create() => new("--rulebook")
    {
        Description = Say("Answer under this rulebook, as an earlier answer names it. Default: today's. Needs role audit.", "按此规则版本答复，版本号见以前的答复。默认今日版本。需要 audit 角色。"),
        HelpName = "VERSION",
    };
}
