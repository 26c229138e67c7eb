using Verification.Caching.Telemetry;
using Verification.Core.Permits;

namespace Verification.Caching.Redis;

/// <summary>Sealed facts under <c>pv1:{epoch}:{number}</c>. What does not open is a counted miss.</summary>
internal sealed class FactsCache(IByteCache bytes, FactsCodec codec, CachingMetrics metrics) : IFactsCache
{
    /// <summary>What every key begins with.</summary>
    public const string KeyPrefix = "pv1:";

    public async ValueTask<CachedFacts?> FindAsync(Guid cacheId, PermitNumber number, CancellationToken cancellationToken)
    {
        var values = await bytes.GetAsync([Key(cacheId, number)], cancellationToken);
        return Open(cacheId, number, values[0]);
    }

    public async ValueTask<IReadOnlyDictionary<PermitNumber, CachedFacts>> FindAsync(
        Guid cacheId, IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken)
    {
        var asked = numbers.ToArray();
        var values = await bytes.GetAsync(Array.ConvertAll(asked, number => Key(cacheId, number)), cancellationToken);
        var found = new Dictionary<PermitNumber, CachedFacts>(asked.Length);
        for (var i = 0; i < asked.Length; i++)
        {
            if (Open(cacheId, asked[i], values[i]) is { } facts)
            {
                found[asked[i]] = facts;
            }
        }

        return found;
    }

    public void Store(Guid cacheId, CachedFacts facts) => bytes.Set(Key(cacheId, facts.History.Number), codec.Seal(cacheId, facts));

    internal static string Key(Guid cacheId, PermitNumber number) => $"{KeyPrefix}{cacheId:N}:{number}";

    private CachedFacts? Open(Guid cacheId, PermitNumber number, byte[]? value)
    {
        if (value is null)
        {
            return null;
        }

        if (codec.TryOpen(cacheId, number, value, out var facts) is { } reason)
        {
            metrics.RedisMissed(reason);
        }

        return facts;
    }
}
