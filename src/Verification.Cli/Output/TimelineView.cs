using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>A timeline for a person.</summary>
internal static class TimelineView
{
    public static void Write(IAnsiConsole console, GetTimelineResponse answer)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim(Say("Permit", "证件号码")), Layout.Bold(answer.PermitNumber));
        if (answer.Segments.Count == 0)
            facts.Fact(Say("Status", "状态"), Terms.Of(PermitStatus.NotFound).Full);
        else
            facts.Fact(Say("Kind", "种类"), Terms.Of(answer.Kind).Name);
        console.Write(facts);
        console.WriteLine();
        if (answer.Segments.Count > 0)
        {
            console.Write(Segments(answer));
            console.WriteLine();
            console.WriteNote(Say("What is still to come holds if nothing further is recorded. \"Until\" is the first day after.", "将来的状态以不再登记新事项为前提。“截止”是其后的第一天。"));
        }
        ProvenanceView.Write(console, answer.Provenance);
    }

    private static Grid Segments(GetTimelineResponse answer)
    {
        var table = new Grid(new(Say("From", "起始")), new(Say("Until", "截止")), new(Say("Status", "状态")), new(Say("Reasons", "原因"), Breaks: true));
        foreach (var segment in answer.Segments)
        {
            table.AddRow(
                Layout.Plain(segment.From?.ToText() ?? "…"),
                Layout.Plain(Say(segment.Until?.ToText() ?? "for good", segment.Until?.ToText() ?? "长期")),
                Layout.Coloured(Terms.Of(segment.Status).Name, StatusColors.Of(segment.Status)),
                Layout.Plain(string.Join(Say(", ", "，"), segment.Reasons.Select(reason => Terms.Of(reason).Name))));
        }
        return table;
    }
}
