using System.Globalization;
using Spectre.Console;
using Verification.Cli.Import;

namespace Verification.Cli.Output;

/// <summary>The end of an import for a person.</summary>
internal static class ImportView
{
    public static void Write(IAnsiConsole console, ImportTotals totals)
    {
        var facts = Layout.Facts();
        var whole = totals.Last;
        facts.Fact("Lines read", Number(whole.LinesRead));
        facts.Fact(whole.ReportRepeated ? "Loaded then" : "Loaded now", Number(whole.EventsLoaded));
        facts.Fact("Already recorded", Number(whole.AlreadyRecorded));
        if (whole.AlreadyAnnulled > 0)
            facts.Fact("Of these annulled", Number(whole.AlreadyAnnulled));
        facts.Fact("Rejected", Number(totals.Rejects));
        if (totals.Empty > 0)
            facts.Fact("Empty, skipped", Number(totals.Empty));
        if (whole.Revision > 0)
            facts.Fact("Revision", whole.Revision.ToString(CultureInfo.InvariantCulture));
        facts.Fact("Time", string.Create(CultureInfo.InvariantCulture, $"{totals.Elapsed.TotalSeconds:N1} s"));
        console.Write(facts);
        if (totals.Rejects == 0)
            return;
        console.WriteLine();
        var table = new Grid(new("Rejected for"), new("Lines", IsNumber: true));
        foreach (var (code, count) in totals.RejectsByCode)
            table.AddRow(Layout.Plain(code), Layout.Plain(Number(count)));
        console.Write(table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
