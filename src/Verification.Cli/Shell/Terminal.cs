using System.Globalization;
using Spectre.Console;

namespace Verification.Cli.Shell;

/// <summary>Everything that a command touches of the process around it.</summary>
internal sealed class Terminal
{
    /// <summary>Wider than any line: what is not a terminal is not wrapped.</summary>
    private const int Unwrapped = 1_000_000;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required Stream Input { get; init; }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The language of the system, as in <c>zh-CN</c>, where no variable names one.</summary>
    public string SystemLanguage { get; init; } = "en";

    /// <summary>The folder for what this program keeps for its user; empty where the user has none.</summary>
    public string ConfigFolder { get; init; } = "";

    public static Terminal OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        Input = StandardStreams.Input,
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Variable = Environment.GetEnvironmentVariable,
        // On Unix the variables name the user's language, and without them it is nobody's.
        SystemLanguage = OperatingSystem.IsWindows() ? CultureInfo.CurrentUICulture.Name : "en",
        ConfigFolder = UserFolder(),
    };

    /// <summary>For people: what was asked for.</summary>
    public IAnsiConsole CreateOutputConsole() => CreateConsole(Output, OutputIsTerminal);

    /// <summary>For people: progress.</summary>
    public IAnsiConsole CreateErrorConsole() => CreateConsole(Error, ErrorIsTerminal);

    /// <summary>For whoever waits: a bar on a terminal, lines in a log.</summary>
    /// <param name="total">How much there is to do.</param>
    /// <param name="unit">Of what, as in <c>lines</c>.</param>
    /// <param name="json">Whether a program reads the log.</param>
    public IProgressDisplay CreateProgress(long total, string unit, bool json = false) =>
        json ? new JsonProgress(Error, total, Time)
        : ErrorIsTerminal ? new BarProgress(CreateErrorConsole(), total)
        : new LineProgress(Error, total, unit, Time);

    // XDG_CONFIG_HOME or ~/.config, AppData, or Application Support.
    private static string UserFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? Path.Combine(folder, "permitctl")
            : "";

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = Unwrapped;
        return console;
    }
}
