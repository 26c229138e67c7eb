using Verification.Audit.Records;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Support;

/// <summary>An audit log that takes so many records of answers and no more, and every other.</summary>
internal sealed class NarrowTrail(int room) : IAuditTrail
{
    private int _room = room;

    public RpcStatus? TryBatch() => null;

    public RpcStatus? TryAppend(in AuditDraft record) =>
        record.Answer is null || Interlocked.Decrement(ref _room) >= 0 ? null : RpcErrors.AuditUnavailable();

    public RpcStatus? TryAppend<TDrafts>(TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct => OneByOne.Append(this, drafts, out taken);

    public ValueTask KeepAsync(CancellationToken cancellationToken) => default;
}
