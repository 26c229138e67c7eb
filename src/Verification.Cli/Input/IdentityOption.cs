using System.CommandLine;
using Verification.Cli.Shell;

namespace Verification.Cli.Input;

/// <summary>
/// An option whose value is the number of somebody's document, of whichever form: no message repeats it. As <c>-</c> it is read from the
/// standard input, so that it stands in no list of processes and no history.
/// </summary>
internal sealed class IdentityOption : Option<string>
{
    private const string FromInput = "-";

    // The longest that any document has, and what may be typed between; more is no number.
    private const int MostCharacters = 256;

    private string? _read;

    public IdentityOption(string name, string description)
        : base(name)
    {
        Description = description + Say(" - reads it from the standard input.", " - 表示从标准输入读取。");
        HelpName = "ID";
    }

    /// <summary>The number; null where none is given.</summary>
    public string? ValueIn(ParseResult parse) => _read ?? parse.GetValue(this);

    /// <summary>Reads the number that is to be read.</summary>
    /// <exception cref="UsageException">There is none, or more than one option asks for it.</exception>
    public static async Task ReadAsync(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var asked = Of(parse).Where(option => parse.GetValue(option) == FromInput).ToArray();
        if (asked.Length == 0)
            return;
        if (asked.Length > 1)
            throw new UsageException(Say("only one number can be read from the standard input", "标准输入只能读取一个号码"));
        if (terminal.InputIsTerminal)
            await terminal.Error.WriteAsync(Say("Identity number: ", "身份证件号码："));
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);
        // A read from a terminal cannot be cancelled, only left alone.
        var line = await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        asked[0]._read = line?.Trim() is { Length: > 0 and <= MostCharacters } number
            ? number
            : throw new UsageException(Say(
                $"{asked[0].Name} - needs the number on the first line of the standard input", $"{asked[0].Name} - 需要在标准输入的第一行给出号码"));
    }

    /// <summary>The numbers that a command line brings, as typed.</summary>
    public static IReadOnlyList<string> NumbersIn(ParseResult parse) =>
        [.. Of(parse).Select(option => option.ValueIn(parse)).OfType<string>()];

    private static IEnumerable<IdentityOption> Of(ParseResult parse) => parse.CommandResult.Command.Options.OfType<IdentityOption>();
}
