using Grpc.Core;
using Verification.Cli.Input;
using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>What a person should know of a round besides its numbers.</summary>
internal sealed class RoundNotes(ErrorOutput error)
{
    /// <summary>The bytes told an encoding that nobody named.</summary>
    public void WriteEncoding(string encoding) =>
        error.Note($"FILE is no UTF-8, so it is read as {encoding}; --encoding says it outright");

    /// <summary>There is nothing left to do.</summary>
    public void WriteComplete() => error.Note("this round is complete: nothing was asked");

    /// <summary>After a round that stopped.</summary>
    /// <param name="rows">The rows done.</param>
    /// <param name="cause">Why.</param>
    /// <param name="now">When.</param>
    public void WriteStop(long rows, Exception cause, DateTimeOffset now)
    {
        var wait = (cause as RpcException) is { } failure ? VerificationFault.From(failure).RetryAfter : null;
        var when = wait is null ? "" : $" from {(now + wait.Value).ToText()}";
        error.Note(FormattableString.Invariant($"the round stopped after row {rows:N0}; the same command with --resume goes on{when}"));
    }
}
