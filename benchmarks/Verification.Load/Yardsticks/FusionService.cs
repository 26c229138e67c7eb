using Verification.Core.Permits;
using Verification.Core.Rules.Verdicts;
using ZiggyCreatures.Caching.Fusion;

namespace Verification.Load.Yardsticks;

/// <summary>(d) With FusionCache, in memory alone; its expiry is the default of the host.</summary>
internal sealed class FusionService(IFusionCache cache, PermitStore store, VerdictRules rules, TimeProvider clock)
    : CachedService(store, rules, clock)
{
    private readonly PermitStore _store = store;

    /// <inheritdoc/>
    protected override ValueTask<CachedPermit> FindAsync(PermitNumber number, CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<CachedPermit>(
            $"permit:{number}", async (_, token) => await _store.LoadAsync(number, token), token: cancellationToken);
}
