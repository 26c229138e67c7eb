using Verification.Audit.Records;
using Verification.Server.Auditing;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Load.Servers;

/// <summary>The audit log's double: takes every record and keeps none.</summary>
internal sealed class NoTrail : IAuditTrail
{
    /// <inheritdoc/>
    public RpcStatus? TryBatch() => null;

    /// <inheritdoc/>
    public RpcStatus? TryAppend(in AuditDraft record) => null;

    /// <inheritdoc/>
    public RpcStatus? TryAppend<TDrafts>(TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct
    {
        taken = drafts.Count;
        return null;
    }

    /// <inheritdoc/>
    public ValueTask KeepAsync(CancellationToken cancellationToken) => default;
}
