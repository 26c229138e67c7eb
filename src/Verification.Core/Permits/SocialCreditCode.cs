namespace Verification.Core.Permits;

/// <summary>
/// Unified social credit codes 统一社会信用代码 (GB 32100, policy §1): 17 characters and the check character that fits them. The numbers of
/// employer registrations.
/// </summary>
public static class SocialCreditCode
{
    /// <summary>The characters of a code.</summary>
    public const int Length = 18;

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Whether a text, in NFKC and upper case, is such a code.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) => text.Length == Length && CheckCharacterOf(text[..^1]) == text[^1];

    /// <summary>The check character of the first 17 characters; null when one of them is none of a code's.</summary>
    public static char? CheckCharacterOf(ReadOnlySpan<char> characters)
    {
        var sum = 0;
        var weight = 1;
        foreach (var character in characters)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            sum += value * weight;
            weight = weight * 3 % Alphabet.Length;
        }

        return Alphabet[(Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length];
    }
}
