using Grpc.Core;
using Verification.Cli.Input;
using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>What a person should know of a round besides its numbers.</summary>
internal sealed class RoundNotes(ErrorOutput error)
{
    /// <summary>The bytes told an encoding that nobody named.</summary>
    public void WriteEncoding(string encoding) =>
        error.Note(Say($"FILE is no UTF-8, so it is read as {encoding}; --encoding says it outright", $"FILE 不是 UTF-8，因此按 {encoding} 读取；可用 --encoding 指定"));

    /// <summary>There is nothing left to do.</summary>
    public void WriteComplete() => error.Note(Say("this round is complete: nothing was asked", "该批次已完成：没有再查询"));

    /// <summary>After a round that stopped.</summary>
    /// <param name="rows">The rows done.</param>
    /// <param name="cause">Why.</param>
    /// <param name="now">When.</param>
    public void WriteStop(long rows, Exception cause, DateTimeOffset now)
    {
        var wait = (cause as RpcException) is { } failure ? VerificationFault.From(failure).RetryAfter : null;
        var when = Say(wait is null ? "" : $" from {(now + wait.Value).ToText()}", wait is null ? "" : $"（{(now + wait.Value).ToText()} 之后）");
        error.Note(Say(FormattableString.Invariant($"the round stopped after row {rows:N0}; the same command with --resume goes on{when}"), FormattableString.Invariant($"批次在第 {rows:N0} 行之后停止；同一命令加 --resume 可继续{when}")));
    }
}
