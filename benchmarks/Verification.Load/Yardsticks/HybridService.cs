using Microsoft.Extensions.Caching.Hybrid;
using Verification.Core.Permits;
using Verification.Core.Rules.Verdicts;

namespace Verification.Load.Yardsticks;

/// <summary>(d) With HybridCache, in memory alone.</summary>
internal sealed class HybridService(HybridCache cache, PermitStore store, VerdictRules rules, TimeProvider clock)
    : CachedService(store, rules, clock)
{
    // Nothing is written to a cache beyond memory, so nothing is serialized.
    private static readonly HybridCacheEntryOptions Options = new()
    {
        Expiration = CacheHosting.Expiry,
        LocalCacheExpiration = CacheHosting.Expiry,
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private readonly PermitStore _store = store;

    /// <inheritdoc/>
    protected override ValueTask<CachedPermit> FindAsync(PermitNumber number, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            $"permit:{number}",
            (Store: _store, Number: number),
            static (state, token) => state.Store.LoadAsync(state.Number, token),
            Options,
            cancellationToken: cancellationToken);
}
