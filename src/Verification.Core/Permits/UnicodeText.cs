using System.Text;

namespace Verification.Core.Permits;

/// <summary>Unicode NFKC, by which policy §1 and §8 compare what people type.</summary>
public static class UnicodeText
{
    /// <summary>The text in NFKC, or null when it is no Unicode text (a lone surrogate).</summary>
    internal static string? Compatible(ReadOnlySpan<char> text)
    {
        if (HasLoneSurrogate(text))
        {
            return null;
        }

        return text.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>
    /// Fails where the runtime has no Unicode tables (globalization-invariant mode, or no ICU on the machine): full-width digits
    /// would silently be malformed there. A process calls it once at its start.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">The runtime does not normalize.</exception>
    public static void EnsureSupported()
    {
        const string fullWidth = "ＡＢ１２";
        if (fullWidth.Normalize(NormalizationForm.FormKC) != "AB12")
        {
            throw new PlatformNotSupportedException(
                "This runtime does not normalize Unicode text (NFKC). Install ICU (libicu) and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        }
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            text = text[consumed..];
        }

        return false;
    }
}
