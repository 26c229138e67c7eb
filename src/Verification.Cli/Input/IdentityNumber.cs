using System.Text.RegularExpressions;

namespace Verification.Cli.Input;

/// <summary>Resident identity numbers 居民身份证号: 17 digits and a check character.</summary>
internal static partial class IdentityNumber
{
    /// <summary>Leaves out of a message whatever has the form of an identity number.</summary>
    public static string Hide(string text) => Form().Replace(text, "(identity number)");

    [GeneratedRegex(@"(?<!\w)\d{17}[\dXxＸｘ](?!\w)")]
    private static partial Regex Form();
}
