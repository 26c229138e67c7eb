using Verification.Audit.Records;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Auditing;

/// <summary>Where every answer leaves its record before it leaves itself.</summary>
internal interface IAuditTrail
{
    /// <summary>Whether a batch may be answered: room that is left for single checks is none.</summary>
    /// <returns>Why not; null where it may.</returns>
    RpcStatus? TryBatch();

    /// <summary>Takes a record. Waits for nothing.</summary>
    /// <returns>Why not: then there must be no answer. Null when it was taken.</returns>
    RpcStatus? TryAppend(in AuditDraft record);

    /// <summary>Takes records of one message, in order. Waits for nothing.</summary>
    /// <param name="drafts">The records; few, as no other is taken meanwhile.</param>
    /// <param name="taken">How many were taken: there must be no answer to the others.</param>
    /// <returns>Why not all; null when all were.</returns>
    RpcStatus? TryAppend<TDrafts>(TDrafts drafts, out int taken)
        where TDrafts : IAuditDrafts, allows ref struct;

    /// <summary>Completes when the answers to everything taken before may leave; once a message.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: there must be no answer.</exception>
    ValueTask KeepAsync(CancellationToken cancellationToken);
}
