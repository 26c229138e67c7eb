using Verification.Cli.Import;
using Verification.Cli.Input;
using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>What a person should know of an import besides its numbers.</summary>
internal sealed class ImportNotes(ErrorOutput error)
{
    /// <summary>After an import that came to its end.</summary>
    public void WriteEnd(ImportTotals totals)
    {
        if (totals.Last.ReportRepeated)
        {
            var when = Say(totals.Last.CompletedAt is { } completed ? $"on {completed.ToText()}" : "before", totals.Last.CompletedAt is { } then ? $"于 {then.ToText()} " : "以前");
            error.Note(Say($"this file was imported {when}: its report is repeated, and nothing was tried; --again tries every line anew", $"此文件{when}已导入：重复当时的报告，没有重新处理；--again 可重新处理每一行"));
        }
        foreach (var field in totals.Last.UnknownFields)
            error.Warn(Say(FormattableString.Invariant(
                $"no event has a field '{field.Name}': ignored in {Lines(field.Lines)}, the first of them line {field.FirstLine}"), FormattableString.Invariant(
                $"没有事项含有字段 '{field.Name}'：在 {Lines(field.Lines)}中被忽略，首见于第 {field.FirstLine} 行")));
        if (totals.RejectsByCode.ContainsKey("OUT_OF_ORDER"))
            error.Note(
                Say("OUT_OF_ORDER: an import adds only after a permit's last event. To put a line right before that, annul the events after it, the "
                + "last first ('permitctl record NUMBER annulled'), then record it and them one by one with 'permitctl record'", "OUT_OF_ORDER：导入只能在证件最后一个事项之后追加。要补登此前的事项，请先从最后一个起逐个更正其后的事项"
                + "（permitctl record NUMBER annulled），再用 permitctl record 逐个重新登记"));
        if (totals.Last.AlreadyAnnulled is > 0 and var annulled)
            error.Note(
                Say($"annulled since they were recorded: {Lines(annulled)}. An import never brings an annulled event back; where one was right, record "
                + "it anew with 'permitctl record'", $"登记后已被更正：{Lines(annulled)}。导入不会恢复已更正的事项；其中正确的请用 permitctl record 重新登记"));
    }

    /// <summary>After an import that broke off.</summary>
    /// <param name="totals">What was reported until then.</param>
    /// <param name="isAgain">Whether it was another import of a file that may have been imported: the next is another again.</param>
    public void WriteStop(ImportTotals totals, bool isAgain)
    {
        var where = Say(totals.LinesRead == 0 ? "before a line was confirmed" : FormattableString.Invariant($"at line {totals.LinesRead:N0}"), totals.LinesRead == 0 ? "在确认任何一行之前" : FormattableString.Invariant($"在第 {totals.LinesRead:N0} 行"));
        error.Note((isAgain, totals.LinesRead) switch
        {
            (true, _) => Say($"the import stopped {where}; the same command begins anew, which doubles nothing", $"导入{where}停止；同一命令会从头开始，不会重复登记"),
            (false, 0) => Say($"the import stopped {where}; the same command starts it or resumes where it stopped", $"导入{where}停止；同一命令会开始导入，或从中断处继续"),
            _ => Say($"the import stopped {where}; the same command resumes where it stopped", $"导入{where}停止；同一命令会从中断处继续"),
        });
    }

    /// <summary>After a check that broke off.</summary>
    public void WriteStopOfCheck(VerificationFault fault) => error.Note(fault.Violations.Any(it => it.Field == "import_id")
        ? Say("the service is too old for --check; nothing was imported", "服务版本过旧，不支持 --check；没有导入任何内容")
        : Say("the check stopped; nothing was imported, and the same command begins it anew", "检查已停止；没有导入任何内容，同一命令会从头检查"));

    private static string Lines(long count) => Say(count == 1 ? "1 line" : FormattableString.Invariant($"{count:N0} lines"), FormattableString.Invariant($"{count:N0} 行"));
}
