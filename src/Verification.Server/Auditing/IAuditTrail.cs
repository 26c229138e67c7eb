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

    /// <summary>Completes when the answers to everything taken before may leave; once a message.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: there must be no answer.</exception>
    ValueTask KeepAsync(CancellationToken cancellationToken);
}
