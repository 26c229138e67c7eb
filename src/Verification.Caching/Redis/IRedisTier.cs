namespace Verification.Caching.Redis;

/// <summary>
/// All that a node does with Redis. Throws nothing and takes a bounded time: Redis is optional at every moment. A message only makes a
/// node poll at once; none that is lost, late or made up changes an answer.
/// </summary>
internal interface IRedisTier : IByteCache, IAsyncDisposable
{
    /// <summary>Tells the nodes on a registry that something was committed. Does not wait.</summary>
    void Announce(Guid registryId);

    /// <summary>Calls back for each commit that is told of on a registry, from now on.</summary>
    Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken);

    /// <summary>Writes what is to be written until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
