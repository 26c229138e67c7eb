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
        facts.AddRow(Layout.Dim(Say("Permit", "证件号码")), Layout.Bold(answer.PermitNumber));
        if (answer.Events.Count == 0)
            facts.Fact(Say("Events", "事项"), Say("none: the registry knows no permit with this number", "无：登记系统中没有这个证件号码"));
        console.Write(facts);
        console.WriteLine();
        if (answer.Events.Count > 0)
        {
            console.Write(Events(answer));
            console.WriteLine();
        }
        console.WriteNote(Say(string.Create(CultureInfo.InvariantCulture, $"Revision {answer.Revision}"), string.Create(CultureInfo.InvariantCulture, $"修订号 {answer.Revision}")));
    }

    private static Grid Events(GetPermitResponse answer)
    {
        var table = new Grid(new(Say("Place", "位置"), IsNumber: true), new(Say("Revision", "修订号")), new(Say("On", "日期")), new(Say("Event", "事项"), Breaks: true), new(Say("Recorded", "登记"), Breaks: true));
        foreach (var recorded in answer.Events)
        {
            // What is annulled stands back.
            Func<string, Cell> cell = recorded.AnnulledByPlace > 0 ? Layout.Dim : Layout.Plain;
            table.AddRow(
                cell(recorded.Place.ToString(CultureInfo.InvariantCulture)),
                cell(recorded.Revision.ToString(CultureInfo.InvariantCulture)),
                cell(recorded.Event.On.ToText()),
                cell(InWords(recorded)),
                cell(Say($"{recorded.RecordedAt?.ToText()} by {recorded.RecordedBy}", $"{recorded.RecordedAt?.ToText()} 由 {recorded.RecordedBy}")));
        }
        return table;
    }

    private static string InWords(RecordedEvent recorded)
    {
        var words = EventText.Of(recorded.Event);
        return recorded.AnnulledByPlace == 0 ? words : Say(string.Create(
            CultureInfo.InvariantCulture, $"{words} [annulled by {recorded.AnnulledByPlace} at revision {recorded.AnnulledAtRevision}]"), string.Create(
            CultureInfo.InvariantCulture, $"{words} [已由第 {recorded.AnnulledByPlace} 项更正，修订号 {recorded.AnnulledAtRevision}]"));
    }
}
