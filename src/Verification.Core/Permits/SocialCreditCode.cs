namespace Verification.Core.Permits;

/// <summary>Unified social credit codes 统一社会信用代码 (GB 32100): 17 characters and the check character that fits them.</summary>
internal static class SocialCreditCode
{
    /// <summary>The characters of a code.</summary>
    public const int Length = 18;

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Whether a text, in NFKC and upper case, is such a code.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length != Length)
        {
            return false;
        }

        var sum = 0;
        var weight = 1;
        foreach (var character in text[..^1])
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            sum += value * weight;
            weight = weight * 3 % Alphabet.Length;
        }

        return text[^1] == Alphabet[(Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length];
    }
}
