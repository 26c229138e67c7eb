using Microsoft.Extensions.Logging;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>Redis as the nodes use it, put together.</summary>
internal sealed class RedisTier : IRedisTier
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

    /// <inheritdoc/>
    public IFactsCache Facts { get; }

    /// <inheritdoc/>
    public void Announce(Guid registryId) => _nudges.Announce(registryId);

    /// <inheritdoc/>
    public Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken) =>
        _nudges.FollowAsync(registryId, committed, cancellationToken);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => _bytes.RunAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _guard.Dispose();
    }
}
