using Verification.Cli.Import;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>What a person should know of an import besides its numbers.</summary>
internal sealed class ImportNotes(ErrorOutput error)
{
    /// <summary>After an import that came to its end.</summary>
    public void WriteEnd(ImportTotals totals)
    {
        if (totals.Last.ReportRepeated)
        {
            var when = totals.Last.CompletedAt is { } completed ? $"on {completed.ToText()}" : "before";
            error.Note($"this file was imported {when}: its report is repeated, and nothing was tried; --again tries every line anew");
        }
        foreach (var field in totals.Last.UnknownFields)
            error.Warn(FormattableString.Invariant(
                $"no event has a field '{field.Name}': ignored in {Lines(field.Lines)}, the first of them line {field.FirstLine}"));
        if (totals.RejectsByCode.ContainsKey("OUT_OF_ORDER"))
            error.Note(
                "OUT_OF_ORDER: an import adds only after a permit's last event. To put a line right before that, annul the events after it, the "
                + "last first ('permitctl record NUMBER annulled'), then record it and them one by one with 'permitctl record'");
        if (totals.Last.AlreadyAnnulled is > 0 and var annulled)
            error.Note(
                $"annulled since they were recorded: {Lines(annulled)}. An import never brings an annulled event back; where one was right, record "
                + "it anew with 'permitctl record'");
    }

    /// <summary>After an import that broke off.</summary>
    /// <param name="totals">What was reported until then.</param>
    /// <param name="isAgain">Whether it was another import of a file that may have been imported: the next is another again.</param>
    public void WriteStop(ImportTotals totals, bool isAgain)
    {
        var where = totals.LinesRead == 0 ? "before a line was confirmed" : FormattableString.Invariant($"at line {totals.LinesRead:N0}");
        error.Note((isAgain, totals.LinesRead) switch
        {
            (true, _) => $"the import stopped {where}; the same command begins anew, which doubles nothing",
            (false, 0) => $"the import stopped {where}; the same command starts it or resumes where it stopped",
            _ => $"the import stopped {where}; the same command resumes where it stopped",
        });
    }

    private static string Lines(long count) => count == 1 ? "1 line" : FormattableString.Invariant($"{count:N0} lines");
}
