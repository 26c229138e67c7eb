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
        var table = new Grid(new("Place", IsNumber: true), new("Revision"), new("On"), new("Event", Breaks: true), new("Recorded", Breaks: true));
        foreach (var recorded in answer.Events)
        {
            // What is annulled stands back.
            Func<string, Cell> cell = recorded.AnnulledByPlace > 0 ? Layout.Dim : Layout.Plain;
            table.AddRow(
                cell(recorded.Place.ToString(CultureInfo.InvariantCulture)),
                cell(recorded.Revision.ToString(CultureInfo.InvariantCulture)),
                cell(recorded.Event.On.ToText()),
                cell(InWords(recorded)),
                cell($"{recorded.RecordedAt?.ToText()} by {recorded.RecordedBy}"));
        }
        return table;
    }

    private static string InWords(RecordedEvent recorded)
    {
        var words = EventText.Of(recorded.Event);
        return recorded.AnnulledByPlace == 0 ? words : string.Create(
            CultureInfo.InvariantCulture, $"{words} [annulled by {recorded.AnnulledByPlace} at revision {recorded.AnnulledAtRevision}]");
    }
}
