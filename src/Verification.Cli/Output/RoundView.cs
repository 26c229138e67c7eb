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
        facts.Fact(Say("Rows", "行数"), Number(record.Rows));
        if (record.ToBasis() is { } basis)
        {
            facts.Fact(Say("As of", "所查日期"), basis.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            facts.Fact(Say("Revision", "修订号"), basis.Revision.ToString(CultureInfo.InvariantCulture));
            facts.Fact(Say("Rulebook", "规则版本"), basis.Rulebook);
        }
        console.Write(facts);
        WriteCounts(console, Say("Status", "状态"), record.Statuses);
        WriteCounts(console, Say("No verdict for", "未能判定"), record.Errors);
    }

    private static void WriteCounts(IAnsiConsole console, string kind, SortedDictionary<string, long> counts)
    {
        if (counts.Count == 0)
            return;
        console.WriteLine();
        var table = new Grid(new(kind), new(Say("Rows", "行数"), IsNumber: true));
        foreach (var (name, count) in counts)
            table.AddRow(Layout.Plain(name), Layout.Plain(Number(count)));
        console.Write(table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
