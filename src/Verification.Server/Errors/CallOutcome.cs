using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// How a call ended, for who writes its answer in another form than gRPC's: a feature of the request, set by who does before the call, and
/// filled by <see cref="ErrorInterceptor"/>.
/// </summary>
internal sealed class CallOutcome
{
    /// <summary>The error of the contract that it ended with, which was noted already; null where it ended with none.</summary>
    public RpcStatus? Error { get; set; }
}
