using System.Globalization;
using Spectre.Console;
using Verification.Cli.Import;

namespace Verification.Cli.Output;

/// <summary>The end of an import for a person.</summary>
internal static class ImportView
{
    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="totals">What was counted.</param>
    /// <param name="isCheck">Whether the file was only judged.</param>
    public static void Write(IAnsiConsole console, ImportTotals totals, bool isCheck)
    {
        var facts = Layout.Facts();
        var whole = totals.Last;
        facts.Fact(Say("Lines read", "已读行数"), Number(whole.LinesRead));
        facts.Fact(isCheck ? Say("Would be loaded", "可以导入") : whole.ReportRepeated ? Say("Loaded then", "当时导入") : Say("Loaded now", "本次导入"), Number(whole.EventsLoaded));
        facts.Fact(Say("Already recorded", "已登记"), Number(whole.AlreadyRecorded));
        if (whole.AlreadyAnnulled > 0)
            facts.Fact(Say("Of these annulled", "其中已更正"), Number(whole.AlreadyAnnulled));
        facts.Fact(isCheck ? Say("Would be rejected", "将被拒收") : Say("Rejected", "拒收"), Number(totals.Rejects));
        if (totals.Empty > 0)
            facts.Fact(Say("Empty, skipped", "空行（略过）"), Number(totals.Empty));
        if (whole.Revision > 0)
            facts.Fact(Say("Revision", "修订号"), whole.Revision.ToString(CultureInfo.InvariantCulture));
        facts.Fact(Say("Time", "时间"), Say(string.Create(CultureInfo.InvariantCulture, $"{totals.Elapsed.TotalSeconds:N1} s"), string.Create(CultureInfo.InvariantCulture, $"{totals.Elapsed.TotalSeconds:N1} 秒")));
        console.Write(facts);
        if (totals.Rejects == 0)
            return;
        console.WriteLine();
        var table = new Grid(new(Say("Rejected for", "拒收原因")), new(Say("Lines", "行数"), IsNumber: true));
        foreach (var (code, count) in totals.RejectsByCode)
            table.AddRow(Layout.Plain(Terms.Of("reject_code", code).Name), Layout.Plain(Number(count)));
        console.Write(table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
