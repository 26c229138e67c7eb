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
        facts.AddRow(Layout.Dim("Permit"), Layout.Bold(answer.PermitNumber));
        if (answer.Segments.Count == 0)
            facts.Fact("Status", Terms.Of(PermitStatus.NotFound).Code + ": " + Terms.Of(PermitStatus.NotFound).Meaning);
        else
            facts.Fact("Kind", Terms.Of(answer.Kind).Name);
        console.Write(facts);
        console.WriteLine();
        if (answer.Segments.Count > 0)
        {
            console.Write(Segments(answer));
            console.WriteLine();
            console.WriteNote("What is still to come holds if nothing further is recorded. \"Until\" is the first day after.");
        }
        ProvenanceView.Write(console, answer.Provenance);
    }

    private static Grid Segments(GetTimelineResponse answer)
    {
        var table = new Grid(new("From"), new("Until"), new("Status"), new("Reasons", Breaks: true));
        foreach (var segment in answer.Segments)
        {
            table.AddRow(
                Layout.Plain(segment.From?.ToText() ?? "…"),
                Layout.Plain(segment.Until?.ToText() ?? "for good"),
                Layout.Coloured(Terms.Of(segment.Status).Name, StatusColors.Of(segment.Status)),
                Layout.Plain(string.Join(", ", segment.Reasons.Select(reason => Terms.Of(reason).Name))));
        }
        return table;
    }
}
