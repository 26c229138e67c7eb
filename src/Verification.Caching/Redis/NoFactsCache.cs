using System.Collections.ObjectModel;
using Verification.Core.Permits;

namespace Verification.Caching.Redis;

/// <summary>Where no Redis is configured.</summary>
internal sealed class NoFactsCache : IFactsCache
{
    public ValueTask<CachedFacts?> FindAsync(Guid cacheId, PermitNumber number, CancellationToken cancellationToken) =>
        new((CachedFacts?)null);

    public ValueTask<IReadOnlyDictionary<PermitNumber, CachedFacts>> FindAsync(
        Guid cacheId, IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) =>
        new(ReadOnlyDictionary<PermitNumber, CachedFacts>.Empty);

    public void Store(Guid cacheId, CachedFacts facts)
    {
    }
}
