using System.Text.RegularExpressions;

namespace Verification.Core.Permits;

/// <summary>
/// Finds resident identity numbers in text that is meant for something else (policy §1, §7): in NFKC and upper case 18 characters, with
/// no ASCII letter or digit on either side, that are a well-formed one and no unified social credit code.
/// </summary>
public static partial class IdentityNumberText
{
    // 17 digits, and no character becomes more than two of them in NFKC.
    private const int FewestCharacters = 9;

    /// <summary>Whether a text tells who somebody is.</summary>
    public static bool IsIn(string text) =>
        MayHold(text)
        && UnicodeText.Compatible(text) is { } compatible
        && Form().Matches(compatible).Any(match => IsOne(match.ValueSpan));

    /// <summary>The text without any identity number; as it is where it has none.</summary>
    public static string Hide(string text) =>
        IsIn(text)
            ? Form().Replace(UnicodeText.Compatible(text)!, match => IsOne(match.ValueSpan) ? "(identity number)" : match.Value)
            : text;

    /// <summary>Whether a text in NFKC is an identity number, and nothing else that a permit's number may be.</summary>
    internal static bool IsOne(ReadOnlySpan<char> compatible)
    {
        if (!ResidentIdentityNumber.IsWellFormed(compatible))
        {
            return false;
        }

        Span<char> upper = stackalloc char[ResidentIdentityNumber.Length];
        compatible.ToUpperInvariant(upper);
        return !SocialCreditCode.IsWellFormed(upper);
    }

    /// <summary>Spares nearly all text the search: ideographs and ASCII letters never become digits.</summary>
    private static bool MayHold(string text)
    {
        var candidates = 0;
        foreach (var character in text)
        {
            candidates += char.IsAsciiDigit(character) || character is >= '\u0080' and not (>= '\u4E00' and <= '\u9FFF') ? 1 : 0;
        }

        return candidates >= FewestCharacters;
    }

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")]
    private static partial Regex Form();
}
