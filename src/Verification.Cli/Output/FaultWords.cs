using Grpc.Core;
using Verification.Client;
using Table = Verification.Core.Words.Terms;

namespace Verification.Cli.Output;

/// <summary>What went wrong with a call, in the language of the command.</summary>
internal static class FaultWords
{
    private const string Reasons = "error_reason";
    private const string Rejects = "reject_code";

    /// <summary>As the service words it. One that words it in English alone is understood by its reason.</summary>
    public static string Of(VerificationFault fault) =>
        !IsChinese ? fault.Message
        : fault.LocalizedMessage.Length > 0 ? fault.LocalizedMessage
        : Known(fault.Reason) ?? fault.Message;

    /// <summary>What is wrong with a field.</summary>
    public static string Of(FieldViolation violation) =>
        !IsChinese ? violation.Description
        : violation.LocalizedDescription.Length > 0 ? violation.LocalizedDescription
        : Known(violation.Reason) ?? violation.Description;

    /// <summary>Failures that the service itself did not word: the network, or something else that listens there.</summary>
    public static string Unexplained(VerificationFault fault, string address) => fault.StatusCode switch
    {
        StatusCode.Unavailable => Say($"no answer from {address}: {fault.Message}", $"{address} 没有应答：{Connection(fault)}"),
        StatusCode.DeadlineExceeded => Say($"no answer from {address} in time", $"{address} 没有及时应答"),
        _ => fault.Message,
    };

    private static string Connection(VerificationFault fault) => fault.Connection switch
    {
        ConnectionFault.Unreachable => $"无法连接（{fault.Message}）",
        ConnectionFault.Incompatible => $"对方的协议不符，请检查是否为 gRPC 端口以及 http 或 https（{fault.Message}）",
        ConnectionFault.Untrusted => $"本机不信任对方的证书（{fault.Message}）",
        _ => fault.Message,
    };

    private static string? Known(string reason) => (Table.Find(Reasons, reason) ?? Table.Find(Rejects, reason))?.Meaning?.Chinese;
}
