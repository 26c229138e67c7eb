using Verification.Core.Permits;

namespace Verification.Caching.Redis;

/// <summary>Facts that the nodes share. Never trusted for order, never required: what cannot be had is a miss. Throws nothing.</summary>
internal interface IFactsCache
{
    /// <summary>The facts of a permit, or null.</summary>
    ValueTask<CachedFacts?> FindAsync(Guid cacheId, PermitNumber number, CancellationToken cancellationToken);

    /// <summary>The facts of those permits that it has.</summary>
    ValueTask<IReadOnlyDictionary<PermitNumber, CachedFacts>> FindAsync(
        Guid cacheId, IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken);

    /// <summary>Writes facts some time, or not at all. Does not wait.</summary>
    void Store(Guid cacheId, CachedFacts facts);
}
