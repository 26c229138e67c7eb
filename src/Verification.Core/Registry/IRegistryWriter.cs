using System.Collections.Immutable;

namespace Verification.Core.Registry;

/// <summary>Records what happened to permits. Safe for concurrent use, also by several processes.</summary>
/// <exception cref="RegistryUnavailableException">
/// Every member throws it when the registry could not answer, also once it is closed: who calls while a node stops asks another.
/// </exception>
public interface IRegistryWriter
{
    /// <summary>
    /// Records one event if the rules admit it, deciding and recording in one transaction. A
    /// <see cref="EventAppend.RequestId"/> that its recorder used before changes nothing: it answers the first revision, and whether
    /// that recorded another event.
    /// </summary>
    Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken);

    /// <summary>How far an import has come; <see cref="ImportProgress.None"/> when it never began.</summary>
    Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken);

    /// <summary>An import's rejects after a line, in order of line, at most <paramref name="limit"/>.</summary>
    Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken);

    /// <summary>Loads a batch of lines and stores its rejects and the line reached, all in one transaction.</summary>
    /// <exception cref="ImportConflictException">The import does not stand at <see cref="ImportBatch.LinesBefore"/>.</exception>
    Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a restored backup a registry of its own: a new <see cref="RegistryHead.RegistryId"/>, and a counter beyond every
    /// revision that the lost registry may have handed out after the backup, so that no revision ever means two events. This is
    /// the one planned gap in the order of revisions. Every call makes another registry: to be called once, by an operator, after
    /// a restore and before the first append.
    /// </summary>
    /// <param name="jump">How many revisions to leave out, from 1; more than may have been made since the backup.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new head.</returns>
    Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that an operator has checked the clock: from now on only events recorded later say which times are too early. For a registry
    /// in which an event was recorded under a clock that ran ahead.
    /// </summary>
    Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken);
}
