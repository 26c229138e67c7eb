using System.Collections.ObjectModel;
using Verification.Core.Permits;

namespace Verification.Caching.Redis;

/// <summary>Where no Redis is configured: nothing is found, kept, told or heard.</summary>
internal sealed class NoRedis : IRedisTier, IFactsCache
{
    public IFactsCache Facts => this;

    public void Announce(Guid registryId)
    {
    }

    public Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<CachedFacts?> FindAsync(Guid cacheId, PermitNumber number, CancellationToken cancellationToken) =>
        new((CachedFacts?)null);

    public ValueTask<IReadOnlyDictionary<PermitNumber, CachedFacts>> FindAsync(
        Guid cacheId, IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        new(ReadOnlyDictionary<PermitNumber, CachedFacts>.Empty);

    public void Store(Guid cacheId, CachedFacts facts)
    {
    }

    public ValueTask DisposeAsync() => default;
}
