using Verification.Audit.Records;
using Verification.Server.Auditing;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Support;

/// <summary>Keeps nothing, for what is tested without a server.</summary>
internal sealed class NoTrail : IAuditTrail
{
    public RpcStatus? TryBatch() => null;

    public RpcStatus? TryAppend(in AuditDraft record) => null;

    public RpcStatus? TryAppend<TDrafts>(TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct
    {
        taken = drafts.Count;
        return null;
    }

    public ValueTask KeepAsync(CancellationToken cancellationToken) => default;
}
