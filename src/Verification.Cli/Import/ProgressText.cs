namespace Verification.Cli.Import;

/// <summary>The words of a progress message.</summary>
internal static class ProgressText
{
    public static string Of(ImportTotals totals) => totals.LinesPerSecond is { } speed
        ? Say(
            FormattableString.Invariant($"{speed:N0} lines/s, {totals.Rejects:N0} rejected"),
            FormattableString.Invariant($"每秒 {speed:N0} 行，拒收 {totals.Rejects:N0} 行"))
        : Say(FormattableString.Invariant($"{totals.Rejects:N0} rejected"), FormattableString.Invariant($"拒收 {totals.Rejects:N0} 行"));
}
