using System.Globalization;

namespace Verification.Cli.Shell;

/// <summary>Chooses the language of a command: what <c>--lang</c> says, otherwise that of the terminal's locale.</summary>
internal static class Languages
{
    /// <summary>The option.</summary>
    public const string Option = "--lang";

    // Simplified Chinese, by which the parser finds its own texts too.
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    // The first that is set decides (POSIX).
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The words that the option takes.</summary>
    public static IReadOnlyList<string> Words { get; } = ["en", "zh"];

    /// <summary>
    /// Sets the language of what the calling method does from here on. Before the command line is parsed: what is wrong with it is told in
    /// the language that it asks for.
    /// </summary>
    public static void Set(IReadOnlyList<string> args, Terminal terminal) =>
        CultureInfo.CurrentUICulture = IsChinese(Asked(args) ?? Locale(terminal)) ? Chinese : English;

    private static string? Asked(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count && args[i] != "--"; i++)
        {
            if (args[i] == Option && i + 1 < args.Count)
                return args[i + 1];
            if (args[i].StartsWith(Option + "=", StringComparison.Ordinal) || args[i].StartsWith(Option + ":", StringComparison.Ordinal))
                return args[i][(Option.Length + 1)..];
        }
        return null;
    }

    private static string Locale(Terminal terminal) =>
        Variables.Select(terminal.Variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? terminal.SystemLanguage;

    private static bool IsChinese(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
}
