using Verification.Caching.Telemetry;
using Verification.Core.Permits;

namespace Verification.Caching.Redis;

/// <summary>
/// Facts that the nodes share, sealed, under <c>pv1:{epoch}:{number}</c>. Never trusted for order, never required: what cannot be had is a
/// miss, and so is what does not open, which is counted.
/// </summary>
internal sealed class FactsCache(IByteCache bytes, FactsCodec codec, CachingMetrics metrics)
{
    /// <summary>What every key begins with.</summary>
    public const string KeyPrefix = "pv1:";

    /// <summary>The facts of those permits that it has. Throws nothing and takes a bounded time.</summary>
    public async ValueTask<IReadOnlyDictionary<PermitNumber, CachedFacts>> FindAsync(Guid cacheId, PermitNumber[] numbers)
    {
        var values = await bytes.GetAsync(Array.ConvertAll(numbers, number => Key(cacheId, number)));
        var found = new Dictionary<PermitNumber, CachedFacts>(numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (values[i] is not { } value)
            {
                continue;
            }

            if (codec.TryOpen(cacheId, numbers[i], value, out var facts) is { } reason)
            {
                metrics.RedisMissed(reason);
            }
            else
            {
                found[numbers[i]] = facts!;
            }
        }

        return found;
    }

    /// <summary>Writes facts some time, or not at all. Does not wait.</summary>
    public void Store(Guid cacheId, CachedFacts facts) => bytes.Set(Key(cacheId, facts.History.Number), codec.Seal(cacheId, facts));

    internal static string Key(Guid cacheId, PermitNumber number) => $"{KeyPrefix}{cacheId:N}:{number}";
}
