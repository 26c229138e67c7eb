using Permits.Verification.V1;
using Spectre.Console;

namespace Verification.Cli.Output;

/// <summary>What can be done, and by whom, in English and Chinese.</summary>
internal static class RemedyView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Remedy> remedies)
    {
        var table = new Grid(new("What can be done"), new("Who acts", Breaks: true), new("What", Breaks: true));
        foreach (var remedy in remedies)
        {
            table.AddRow(
                Layout.Plain(Terms.Of(remedy.Reason).Code), Layout.Plain(remedy.Actor), Layout.Plain($"{remedy.Action} {remedy.Source}"));
            table.AddRow(Layout.Plain(""), Layout.Plain(remedy.ActorZh), Layout.Plain(remedy.ActionZh));
        }
        console.Write(table);
    }
}
