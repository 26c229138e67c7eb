using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
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
            "Credentials are required. Send the header 'authorization: Bearer <key>' with an API key or token of yours, or use a client certificate."),
        CredentialFault.NotYetValid => Refused(ErrorReasons.CredentialNotYetValid, "The credential is not valid yet."),
        CredentialFault.Expired => Refused(ErrorReasons.CredentialExpired, "The credential has expired."),
        CredentialFault.Revoked => Refused(ErrorReasons.CredentialRevoked, "The credential was revoked."),
        CredentialFault.IssuerUnavailable => NotTold(ErrorReasons.IssuerUnavailable, "The issuer of tokens does not answer."),
        CredentialFault.RevocationUnknown => NotTold(
            ErrorReasons.RevocationUnknown, "Whether the certificate was revoked cannot be told now."),
        _ => Refused(ErrorReasons.CredentialInvalid, "The credential is not known or not trusted here."),
    };

    private static RpcStatus Refused(string reason, string message) => RpcErrors.Create(Code.Unauthenticated, reason, message);

    private static RpcStatus NotTold(string reason, string message) => RpcErrors.Create(
        Code.Unavailable, reason, message, new RetryInfo { RetryDelay = Duration.FromTimeSpan(RpcErrors.RetryDelay) });
}
