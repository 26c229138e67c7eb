namespace Verification.Cli.Shell;

/// <summary>Progress for a log file: a plain line at most every second.</summary>
/// <param name="error">Where it goes.</param>
/// <param name="total">How much there is to do.</param>
/// <param name="unit">Of what, as in <c>lines</c>.</param>
/// <param name="time">The clock.</param>
internal sealed class LineProgress(TextWriter error, long total, string unit, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _written = time.GetTimestamp();

    public Task ShowAsync(Func<Action<long, string>, Task> work) => work(Report);

    private void Report(long done, string words)
    {
        if (time.GetElapsedTime(_written) < Interval)
            return;
        _written = time.GetTimestamp();
        error.WriteLine(Say(
            FormattableString.Invariant($"{done:N0} of {total:N0} {unit}, {words}"),
            FormattableString.Invariant($"{done:N0} / {total:N0} {unit}，{words}")));
    }
}
