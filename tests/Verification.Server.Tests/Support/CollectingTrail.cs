using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Support;

/// <summary>Keeps the refusals that it is given, while it is open.</summary>
internal sealed class CollectingTrail : IAuditTrail
{
    public List<(string? Consumer, string Reason, int Count)> Refusals { get; } = [];

    /// <summary>Of each, the permit that it names.</summary>
    public List<PermitNumber?> Numbers { get; } = [];

    public bool IsFull { get; set; }

    public RpcStatus? TryBatch() => null;

    public RpcStatus? TryAppend(in AuditDraft record)
    {
        if (IsFull)
        {
            return RpcErrors.AuditUnavailable();
        }

        Refusals.Add((record.Consumer?.Name, record.Refusal!.Value.Reason, record.Refusal.Value.Count));
        Numbers.Add(record.Number);
        return null;
    }

    public RpcStatus? TryAppend<TDrafts>(TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct => OneByOne.Append(this, drafts, out taken);

    public ValueTask KeepAsync(CancellationToken cancellationToken) => default;
}
