using Microsoft.Extensions.Logging;

namespace Verification.Caching.Redis;

/// <summary>All that a node does with Redis, put together.</summary>
internal sealed class RedisTier : IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisGuard _guard;
    private readonly RedisBytes _bytes;
    private readonly RedisNudges _nudges;

    public RedisTier(RedisOptions options, CachingMetrics metrics, TimeProvider clock, ILogger logger)
    {
        _connection = new RedisConnection(options.ConnectionString!, clock, logger);
        _guard = new RedisGuard(_connection, options, clock, logger);
        _bytes = new RedisBytes(_guard, options, clock, metrics);
        _nudges = new RedisNudges(_connection, clock, logger);
        Facts = new FactsCache(_bytes, new FactsCodec(Convert.FromBase64String(options.MacKey!)), metrics);
    }

    /// <summary>The facts that the nodes share.</summary>
    public IFactsCache Facts { get; }

    /// <inheritdoc cref="RedisNudges.Announce"/>
    public void Announce(Guid registryId) => _nudges.Announce(registryId);

    /// <inheritdoc cref="RedisNudges.FollowAsync"/>
    public Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken) =>
        _nudges.FollowAsync(registryId, committed, cancellationToken);

    /// <summary>Writes what is to be written until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _bytes.RunAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _guard.Dispose();
    }
}
