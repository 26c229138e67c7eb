namespace Verification.Core.Registry;

/// <summary>
/// The registry's commits in their order: one gap-free total order of revisions (1, 2, 3, …). What a node follows. Safe for
/// concurrent use.
/// </summary>
/// <exception cref="RegistryUnavailableException">
/// Every member throws it when the registry could not answer, also once it is closed: who calls while a node stops asks another.
/// </exception>
public interface IChangeLog
{
    /// <summary>Who the registry is and how far it has come.</summary>
    Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What was committed after a revision, in order, at most <paramref name="limit"/> events, and the mark of the event at it, all in
    /// one snapshot.
    /// </summary>
    Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// For every bucket of permit numbers the last revision that touched it, in one snapshot. May read every event: once at a node's
    /// start.
    /// </summary>
    Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken);
}
