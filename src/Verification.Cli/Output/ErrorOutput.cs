using System.Text.RegularExpressions;
using Grpc.Core;
using Verification.Cli.Input;
using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>Error messages: one line, and one more for each wrong field.</summary>
/// <param name="error">Where they go.</param>
/// <param name="numbers">Identity numbers of the command line: of a passport's no form tells what it is.</param>
internal sealed partial class ErrorOutput(TextWriter error, IReadOnlyList<string>? numbers = null)
{
    public void Write(string message) => error.WriteLine($"error: {Safe(message)}");

    public void Note(string message) => error.WriteLine($"note: {Safe(message)}");

    public void Warn(string message) => error.WriteLine($"warning: {Safe(message)}");

    public void Write(VerificationFault fault, Uri address)
    {
        if (fault.Reason.Length > 0)
            error.WriteLine($"error: {Safe(fault.Message)} ({Safe(fault.Reason)})");
        else
            error.WriteLine($"error: {Unexplained(fault, address)} ({Code(fault.StatusCode)})");
        // One wrong field is often the whole message; it is not said twice.
        foreach (var line in fault.Violations.Select(v => $"{v.Field}: {v.Description}").Where(line => line != fault.Message))
            error.WriteLine($"  {Safe(line)}");
        if (fault.RetryAfter is { } wait)
            error.WriteLine($"  try again in {wait.TotalSeconds:0.###} s");
    }

    // Failures that the service itself did not word: the network, or something else that listens there.
    private string Unexplained(VerificationFault fault, Uri address) => fault.StatusCode switch
    {
        StatusCode.Unavailable => $"no answer from {address.GetLeftPart(UriPartial.Authority)}: {Safe(fault.Message)}",
        StatusCode.DeadlineExceeded => $"no answer from {address.GetLeftPart(UriPartial.Authority)} in time",
        _ => Safe(fault.Message),
    };

    private static string Code(StatusCode code) => WordStart().Replace(code.ToString(), "_").ToUpperInvariant();

    // The service must not send identity numbers back; if one ever did, it would not be shown.
    private string Safe(string text) => IdentityNumber.Hide(Printable.Of(text), numbers ?? []);

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
