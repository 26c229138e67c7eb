using System.Text.RegularExpressions;
using Grpc.Core;
using Verification.Cli.Input;
using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>What a command says besides its answer: why there is none, and what to know of it.</summary>
internal abstract partial class ErrorOutput
{
    private readonly List<string> _numbers = [];

    /// <summary>The one for whoever reads.</summary>
    /// <param name="error">Where it goes.</param>
    /// <param name="json">Whether that is a program.</param>
    public static ErrorOutput Of(TextWriter error, bool json) => json ? new JsonErrors(error) : new TextErrors(error);

    /// <summary>Takes identity numbers that no message may show: of a passport's no form tells what it is.</summary>
    public void Hide(IEnumerable<string> numbers) => _numbers.AddRange(numbers);

    /// <summary>Why there is no answer.</summary>
    public abstract void Write(string message);

    /// <summary>Why the service gave no answer.</summary>
    public abstract void Write(VerificationFault fault, Uri address);

    /// <summary>What is wrong with the command line.</summary>
    /// <param name="problems">Each of them.</param>
    /// <param name="help">The command that explains it.</param>
    public abstract void WriteUsage(IReadOnlyList<string> problems, string help);

    /// <summary>What is good to know.</summary>
    public abstract void Note(string message);

    /// <summary>What may be wrong.</summary>
    public abstract void Warn(string message);

    /// <summary>The service must not send identity numbers back; if one ever did, it would not be shown.</summary>
    protected string Safe(string text) => IdentityNumber.Hide(Printable.Of(text), _numbers);

    /// <summary>What went wrong, in the words of the service or, where it said nothing, of this program.</summary>
    protected string MessageOf(VerificationFault fault, Uri address) => Safe(
        fault.Reason.Length > 0 ? FaultWords.Of(fault) : FaultWords.Unexplained(fault, address.GetLeftPart(UriPartial.Authority)));

    /// <summary>The reason or, where the service gave none, the status: what a script can rely on.</summary>
    protected string ReasonOf(VerificationFault fault) => fault.Reason.Length > 0 ? Safe(fault.Reason) : Code(fault.StatusCode);

    /// <summary>A status of gRPC as its documents write it, as in <c>NOT_FOUND</c>.</summary>
    protected static string Code(StatusCode code) => WordStart().Replace(code.ToString(), "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
