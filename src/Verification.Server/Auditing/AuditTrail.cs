using Grpc.Core;
using Verification.Audit.Records;
using Verification.Audit.Writing;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Telemetry;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Auditing;

/// <summary>Puts records into this node's log.</summary>
internal sealed class AuditTrail(
    AuditLog log, AuditLogOptions options, ServerLimits limits, AuditMetrics metrics, LogPace pace, ILogger<AuditTrail> logger) : IAuditTrail
{
    private readonly long _roomOfBatches = options.MaxUnflushedBytes * (long)limits.BatchShare / 100;

    /// <inheritdoc/>
    /// <remarks>While the disk is slow, batches are shed first: their records would take what single checks could still have.</remarks>
    public RpcStatus? TryBatch() => log.UnflushedBytes <= _roomOfBatches ? null : Refuse(new AuditUnavailableException(AuditUnavailableReason.Behind));

    /// <inheritdoc/>
    public RpcStatus? TryAppend(in AuditDraft record)
    {
        try
        {
            log.Append(record);
            metrics.Time(record);
            return null;
        }
        catch (AuditUnavailableException cause)
        {
            return Refuse(cause);
        }
    }

    /// <inheritdoc/>
    public RpcStatus? TryAppend<TDrafts>(TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct
    {
        taken = log.Append(drafts, out var cause);
        return cause is null ? null : Refuse(cause);
    }

    /// <inheritdoc/>
    public ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        var keeping = log.KeepAsync(cancellationToken);
        return keeping.IsCompletedSuccessfully ? default : WaitAsync(keeping);
    }

    private async ValueTask WaitAsync(ValueTask keeping)
    {
        try
        {
            await keeping;
        }
        catch (AuditUnavailableException cause)
        {
            throw Refuse(cause).ToRpcException();
        }
    }

    private RpcStatus Refuse(AuditUnavailableException cause)
    {
        // Closed is what it is when the server has stopped: nobody is answered any more.
        if (cause.Reason != AuditUnavailableReason.Closed && pace.TryTake(nameof(Log.AuditNotRecorded), cause.Reason.ToString(), out var before))
        {
            Log.AuditNotRecorded(logger, cause.Message, before);
        }

        return RpcErrors.AuditUnavailable();
    }
}
