using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>For a person: one line, and one more for each wrong field.</summary>
internal sealed class TextErrors(TextWriter error) : ErrorOutput
{
    private static string Label => Say("error", "错误");

    public override void Write(string message) => error.WriteLine($"{Label}: {Safe(message)}");

    public override void Note(string message) => error.WriteLine($"{Say("note", "提示")}: {Safe(message)}");

    public override void Warn(string message) => error.WriteLine($"{Say("warning", "警告")}: {Safe(message)}");

    public override void WriteUsage(IReadOnlyList<string> problems, string help)
    {
        // What is wrong was made safe where it was found.
        foreach (var problem in problems)
            error.WriteLine($"{Label}: {problem}");
        error.WriteLine($"{Say("See", "参见")}: {help}");
    }

    public override void Write(VerificationFault fault, Uri address)
    {
        var message = MessageOf(fault, address);
        error.WriteLine($"{Label}: {message} ({ReasonOf(fault)})");
        // One wrong field is often the whole message; it is not said twice.
        foreach (var line in fault.Violations.Select(it => Safe(it.Field + Say(": ", "：") + FaultWords.Of(it))).Where(line => line != message))
            error.WriteLine($"  {line}");
        if (fault.RetryAfter is { } wait)
            error.WriteLine(Say($"  try again in {wait.TotalSeconds:0.###} s", $"  请在 {wait.TotalSeconds:0.###} 秒后重试"));
    }
}
