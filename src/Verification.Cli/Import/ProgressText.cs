namespace Verification.Cli.Import;

/// <summary>The words of a progress message.</summary>
internal static class ProgressText
{
    public static string Of(ImportTotals totals) => totals.LinesPerSecond is { } speed
        ? FormattableString.Invariant($"{speed:N0} lines/s, {totals.Rejects:N0} rejected")
        : FormattableString.Invariant($"{totals.Rejects:N0} rejected");
}
