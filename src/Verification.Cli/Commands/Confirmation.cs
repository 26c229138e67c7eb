using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>Asks the person at the terminal before something is done that a slip of the hand would make dear.</summary>
internal static class Confirmation
{
    /// <summary>Goes on where the answer is <c>yes</c>.</summary>
    /// <param name="terminal">Where to ask.</param>
    /// <param name="deed">What needs an answer, as an error names it where nobody can be asked.</param>
    /// <param name="question">What is asked; the last line without its end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UsageException">Nobody can be asked, or the answer is another.</exception>
    public static async Task AskAsync(Terminal terminal, string deed, string question, CancellationToken cancellationToken)
    {
        if (!terminal.InputIsTerminal || !terminal.ErrorIsTerminal)
            throw new UsageException(Say($"{deed} needs --yes where nobody can be asked", $"无法询问时，{deed} 需要 --yes"));
        await terminal.Error.WriteAsync(Say($"{question} Type yes: ", $"{question} 请输入 yes："));
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);
        // A read from a terminal cannot be cancelled, only left alone.
        if (await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken) is not "yes")
            throw new UsageException(Say("nothing was done", "没有执行任何操作"));
    }
}
