using Verification.Caching.Redis;
using Verification.Core.Permits;

namespace Verification.Caching.Tests.Upgrade;

/// <summary>A Redis that holds what older nodes wrote, and takes what newer ones write.</summary>
internal sealed class OlderRedis(Guid registryId) : IRedisTier
{
    private readonly Dictionary<string, byte[]> _values = OlderSite.Facts().ToDictionary(
        pair => FactsCache.Key(registryId, pair.Key), pair => pair.Value);

    public byte[] this[PermitNumber number] => _values[FactsCache.Key(registryId, number)];

    public ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys) => new([.. keys.Select(key => _values.GetValueOrDefault(key))]);

    public void Set(string key, byte[] value) => _values[key] = value;

    public void Announce(Guid registryId)
    {
    }

    public Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;
}
