namespace Verification.Caching.Redis;

/// <summary>All that a node does with Redis. Throws nothing and takes a bounded time: Redis is optional at every moment.</summary>
internal interface IRedisTier : IAsyncDisposable
{
    /// <summary>The facts that the nodes share.</summary>
    IFactsCache Facts { get; }

    /// <summary>Tells the nodes on a registry that something was committed. Does not wait.</summary>
    void Announce(Guid registryId);

    /// <summary>Calls back for each commit that is told of on a registry, from now on.</summary>
    Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken);

    /// <summary>Writes what is to be written until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
