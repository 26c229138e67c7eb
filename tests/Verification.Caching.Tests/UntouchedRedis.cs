using Verification.Caching.Redis;

namespace Verification.Caching.Tests;

/// <summary>An empty Redis that counts every command. Closed, every command fails.</summary>
internal sealed class UntouchedRedis : IRedisTier
{
    private int _commands;

    public int Commands => _commands;

    /// <summary>Whether every command fails.</summary>
    public bool Closed { get; set; }

    public ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys)
    {
        Touch();
        return new(new byte[]?[keys.Count]);
    }

    public void Set(string key, byte[] value) => Touch();

    public void Announce(Guid registryId) => Touch();

    public Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken)
    {
        Touch();
        return Task.CompletedTask;
    }

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
