namespace Verification.Cli.Import;

/// <summary>Progress for a log file: a plain line at most every second.</summary>
internal sealed class LineProgress(TextWriter error, long lines, TimeProvider time) : IImportProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _written = time.GetTimestamp();

    public Task ShowAsync(Func<Action<ImportTotals>, Task> import) => import(Report);

    private void Report(ImportTotals totals)
    {
        if (time.GetElapsedTime(_written) < Interval)
            return;
        _written = time.GetTimestamp();
        error.WriteLine(FormattableString.Invariant($"{totals.LinesRead:N0} of {lines:N0} lines, {ProgressText.Of(totals)}"));
    }
}
