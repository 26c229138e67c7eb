using System.Text;

namespace Verification.Client;

/// <summary>The form in which the service repeats a permit's number: NFKC, upper case, without white space and hyphens.</summary>
internal static class CanonicalNumber
{
    private const string FullWidth = "Ａ";

    // A program in globalization-invariant mode has no Unicode tables.
    private static readonly bool KnowsUnicode = FullWidth.Normalize(NormalizationForm.FormKC) == "A";

    /// <summary>The form; null where this machine cannot tell it.</summary>
    public static string? Of(string text)
    {
        if (!Ascii.IsValid(text))
        {
            if (!KnowsUnicode)
                return null;
            try
            {
                text = text.Normalize(NormalizationForm.FormKC);
            }
            catch (ArgumentException)
            {
                // A lone surrogate: no text, so no number.
                return null;
            }
        }
        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
                kept.Append(char.ToUpperInvariant(character));
        }
        return kept.ToString();
    }
}
