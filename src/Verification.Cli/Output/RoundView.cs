using System.Globalization;
using Spectre.Console;
using Verification.Cli.Rounds;

namespace Verification.Cli.Output;

/// <summary>The end of a round for a person.</summary>
internal static class RoundView
{
    public static void Write(IAnsiConsole console, RoundRecord record)
    {
        var facts = Layout.Facts();
        facts.Fact("Rows", Number(record.Rows));
        if (record.ToBasis() is { } basis)
        {
            facts.Fact("As of", basis.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            facts.Fact("Revision", basis.Revision.ToString(CultureInfo.InvariantCulture));
            facts.Fact("Rulebook", basis.Rulebook);
        }
        console.Write(facts);
        WriteCounts(console, "Status", record.Statuses);
        WriteCounts(console, "No verdict for", record.Errors);
    }

    private static void WriteCounts(IAnsiConsole console, string kind, SortedDictionary<string, long> counts)
    {
        if (counts.Count == 0)
            return;
        console.WriteLine();
        var table = new Grid(new(kind), new("Rows", IsNumber: true));
        foreach (var (name, count) in counts)
            table.AddRow(Layout.Plain(name), Layout.Plain(Number(count)));
        console.Write(table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
