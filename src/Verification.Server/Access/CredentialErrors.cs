using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Verification.Core.Words;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Access;

/// <summary>What a caller is told who is not let in.</summary>
internal static class CredentialErrors
{
    /// <summary>The error for a fault: UNAUTHENTICATED, or UNAVAILABLE where nobody could tell.</summary>
    public static RpcStatus Of(CredentialFault fault) => fault switch
    {
        CredentialFault.Missing => Refused(
            ErrorReasons.CredentialMissing,
            new("Credentials are required. Send the header 'authorization: Bearer <key>' with an API key or token of yours, or use a client certificate.", "需要凭据。请在请求头 'authorization: Bearer <密钥>' 中给出您的 API 密钥或令牌，或使用客户端证书。")),
        CredentialFault.NotYetValid => Refused(ErrorReasons.CredentialNotYetValid, new("The credential is not valid yet.", "凭据尚未生效。")),
        CredentialFault.Expired => Refused(ErrorReasons.CredentialExpired, new("The credential has expired.", "凭据已过期。")),
        CredentialFault.Revoked => Refused(ErrorReasons.CredentialRevoked, new("The credential was revoked.", "凭据已被撤销。")),
        CredentialFault.IssuerUnavailable => NotTold(ErrorReasons.IssuerUnavailable, new("The issuer of tokens does not answer.", "令牌签发方没有应答。")),
        CredentialFault.RevocationUnknown => NotTold(
            ErrorReasons.RevocationUnknown, new("Whether the certificate was revoked cannot be told now.", "目前无法确认证书是否已被撤销。")),
        _ => Refused(ErrorReasons.CredentialInvalid, new("The credential is not known or not trusted here.", "凭据未知或不受信任。")),
    };

    private static RpcStatus Refused(string reason, Wording message) => RpcErrors.Create(Code.Unauthenticated, reason, message);

    private static RpcStatus NotTold(string reason, Wording message) => RpcErrors.Create(
        Code.Unavailable, reason, message, new RetryInfo { RetryDelay = Duration.FromTimeSpan(RpcErrors.RetryDelay) });
}
