namespace Verification.Cli.Input;

/// <summary>Text from elsewhere, made safe to print: no control characters, so it can neither move the cursor nor break a line.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        text.Any(NotPrintable) ? string.Concat(text.Select(c => NotPrintable(c) ? ' ' : c)) : text;

    private static bool NotPrintable(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E')
        or (>= '\u2066' and <= '\u2069');
}
