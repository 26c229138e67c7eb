using System.Globalization;
using Permits.Registry.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>A permit's events for a person.</summary>
internal static class HistoryView
{
    public static void Write(IAnsiConsole console, GetPermitResponse answer)
    {
        var facts = Layout.Facts();
        facts.AddRow(Layout.Dim("Permit"), Layout.Bold(answer.PermitNumber));
        if (answer.Events.Count == 0)
            facts.Fact("Events", "none: the registry knows no permit with this number");
        console.Write(facts);
        console.WriteLine();
        if (answer.Events.Count > 0)
        {
            console.Write(Events(answer));
            console.WriteLine();
        }
        console.WriteNote(string.Create(CultureInfo.InvariantCulture, $"Revision {answer.Revision}"));
    }

    private static Grid Events(GetPermitResponse answer)
    {
        var table = new Grid(new("Revision"), new("On"), new("Event", Breaks: true), new("Recorded", Breaks: true));
        foreach (var recorded in answer.Events)
        {
            var (name, details) = EventText.Of(recorded.Event);
            table.AddRow(
                Layout.Plain(recorded.Revision.ToString(CultureInfo.InvariantCulture)),
                Layout.Plain(recorded.Event.On.ToText()),
                Layout.Plain(details.Length == 0 ? name.Name : $"{name.Name}: {details}"),
                Layout.Plain($"{recorded.RecordedAt?.ToText()} by {recorded.RecordedBy}"));
        }
        return table;
    }
}
