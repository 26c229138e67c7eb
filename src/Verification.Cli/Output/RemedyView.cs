using Permits.Verification.V1;
using Spectre.Console;

namespace Verification.Cli.Output;

/// <summary>What can be done, and by whom, in English with the Chinese below it, or in Chinese.</summary>
internal static class RemedyView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Remedy> remedies)
    {
        var table = new Grid(new(Say("What can be done", "处理办法")), new(Say("Who acts", "办理人"), Breaks: true), new(Say("What", "内容"), Breaks: true));
        foreach (var remedy in remedies)
        {
            var reason = Terms.Of(remedy.Reason).Short;
            table.AddRow(Layout.Plain(reason), Layout.Plain(Say(remedy.Actor, remedy.ActorZh)), Layout.Plain($"{Say(remedy.Action, remedy.ActionZh)} {remedy.Source}"));
            // Who reads English meets the Chinese words at the window.
            if (!IsChinese)
                table.AddRow(Layout.Plain(""), Layout.Plain(remedy.ActorZh), Layout.Plain(remedy.ActionZh));
        }
        console.Write(table);
    }
}
