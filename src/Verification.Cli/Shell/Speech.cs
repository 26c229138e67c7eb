using System.Globalization;
using Verification.Core.Words;

namespace Verification.Cli.Shell;

/// <summary>
/// What a person reads, in the language of the command: that of the current UI culture, which <see cref="Languages"/> sets once. Every
/// text is written in both languages where it is said.
/// </summary>
internal static class Speech
{
    /// <summary>Whether the command speaks Chinese; otherwise English.</summary>
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>A text.</summary>
    public static string Say(string english, string chinese) => IsChinese ? chinese : english;

    /// <summary>A text of the common table.</summary>
    public static string Say(Wording wording) => Say(wording.English, wording.Chinese);
}
