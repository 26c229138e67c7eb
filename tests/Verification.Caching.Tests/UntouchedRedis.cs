using System.Collections.ObjectModel;
using Verification.Caching.Redis;
using Verification.Core.Permits;

namespace Verification.Caching.Tests;

/// <summary>An empty Redis that counts every command. Closed, every command fails.</summary>
internal sealed class UntouchedRedis : IRedisTier, IFactsCache
{
    private int _commands;

    public int Commands => _commands;

    /// <summary>Whether every command fails.</summary>
    public bool Closed { get; set; }

    public IFactsCache Facts => this;

    public void Announce(Guid registryId) => Touch();

    public Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken)
    {
        Touch();
        return Task.CompletedTask;
    }

    public ValueTask<CachedFacts?> FindAsync(Guid cacheId, PermitNumber number, CancellationToken cancellationToken)
    {
        Touch();
        return new((CachedFacts?)null);
    }

    public ValueTask<IReadOnlyDictionary<PermitNumber, CachedFacts>> FindAsync(
        Guid cacheId, IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken)
    {
        Touch();
        return new(ReadOnlyDictionary<PermitNumber, CachedFacts>.Empty);
    }

    public void Store(Guid cacheId, CachedFacts facts) => Touch();

    public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;

    private void Touch()
    {
        Interlocked.Increment(ref _commands);
        if (Closed)
        {
            throw new InvalidOperationException("Redis was touched.");
        }
    }
}
