using Grpc.Core;
using Verification.Audit.Records;

namespace Verification.Server.Auditing;

/// <summary>The record of a call that is one message and one answer.</summary>
internal static class AuditTrailExtensions
{
    /// <summary>Takes a record, and completes when the answer may leave.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: there must be no answer.</exception>
    public static ValueTask LeaveAsync(this IAuditTrail trail, in AuditDraft record, CancellationToken cancellationToken)
    {
        if (trail.TryAppend(record) is { } refusal)
        {
            throw refusal.ToRpcException();
        }

        return trail.KeepAsync(cancellationToken);
    }
}
