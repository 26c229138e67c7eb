using System.Text;
using System.Text.RegularExpressions;

namespace Verification.Cli.Input;

/// <summary>
/// Resident identity numbers 居民身份证号 in text: in NFKC 17 digits and a check character, with no ASCII letter or digit on either side,
/// so that Chinese characters may touch them. Whether the check character fits is not asked: a mistyped one is as private.
/// </summary>
internal static partial class IdentityNumber
{
    private static string Hidden => Say("(identity number)", "（身份证件号码）");

    // Less is no number of any document, and may be a word of the message.
    private const int FewestCharacters = 5;

    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Leaves out of a text whatever has the form of an identity number.</summary>
    public static string Hide(string text)
    {
        var compatible = Compatible(text);
        var hidden = Form().Replace(compatible, match => IsCreditCode(match.Value) ? match.Value : Hidden);
        return hidden == compatible ? text : hidden;
    }

    /// <summary>Leaves out these numbers as well, of whatever form, as they were typed or as a service writes them.</summary>
    public static string Hide(string text, IEnumerable<string> numbers)
    {
        foreach (var number in numbers.SelectMany(typed => new[] { typed, Separator().Replace(Compatible(typed), "") }))
        {
            if (number.Length >= FewestCharacters)
                text = text.Replace(number, Hidden, StringComparison.OrdinalIgnoreCase);
        }
        return Hide(text);
    }

    // A lone surrogate, as a console may pass one, has no compatible form.
    private static string Compatible(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Whether it is a unified social credit code 统一社会信用代码 (GB 32100), which is nobody's.</summary>
    private static bool IsCreditCode(string text)
    {
        var sum = 0;
        var weight = 1;
        foreach (var character in text[..^1])
        {
            sum += CreditAlphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % CreditAlphabet.Length;
        }
        return char.ToUpperInvariant(text[^1]) == CreditAlphabet[(CreditAlphabet.Length - (sum % CreditAlphabet.Length)) % CreditAlphabet.Length];
    }

    [GeneratedRegex(@"[\s\p{Pd}]")]
    private static partial Regex Separator();

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")]
    private static partial Regex Form();
}
