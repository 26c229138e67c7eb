namespace Verification.Cli.Rounds;

/// <summary>What a spreadsheet makes of a long number: <c>1.10105E+17</c>, of which nobody can tell what was typed.</summary>
internal static class SpreadsheetNumber
{
    /// <summary>Whether a cell is one. No number of a permit or a document has a plus sign.</summary>
    public static bool Is(ReadOnlySpan<char> cell)
    {
        var exponent = cell.IndexOf("E+", StringComparison.OrdinalIgnoreCase);
        if (exponent <= 0)
            return false;
        var mantissa = cell[..exponent];
        var point = mantissa.IndexOfAny('.', ',');
        return AreDigits(cell[(exponent + 2)..])
            && (point < 0 ? AreDigits(mantissa) : AreDigits(mantissa[..point]) && AreDigits(mantissa[(point + 1)..]));
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
