using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Redis;

/// <summary>
/// What nodes say to Redis: plain GET and SET, and a message for each commit. Writes go through a bounded queue that one loop empties:
/// they never delay an answer.
/// </summary>
internal sealed class RedisTier : IRedisTier
{
    private const int WritesAtOnce = 64;

    private static readonly TimeSpan FollowAgainAfter = TimeSpan.FromSeconds(1);

    private readonly RedisConnection _connection;
    private readonly RedisOptions _options;
    private readonly CachingMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<KeyValuePair<RedisKey, RedisValue>> _writes;

    /// <summary>Redis by valid settings that say where it is.</summary>
    public RedisTier(RedisOptions options, CachingMetrics metrics, TimeProvider clock, ILogger logger)
    {
        _connection = new RedisConnection(options, clock, logger);
        metrics.ObserveRedis(() => IsConnected, () => IsLeftAlone);
        _options = options;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        _writes = Channel.CreateBounded<KeyValuePair<RedisKey, RedisValue>>(
            new BoundedChannelOptions(options.WriteQueueCapacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => metrics.RedisWriteDropped("full"));
    }

    /// <summary>Whether there is a connection.</summary>
    public bool IsConnected => _connection.Current is { IsConnected: true };

    /// <summary>Whether Redis is left alone for now, by reads or by writes, as these failed.</summary>
    public bool IsLeftAlone => _connection.IsLeftAlone;

    /// <inheritdoc/>
    public async ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys)
    {
        var outcome = await _connection.ReadAsync(connection => GetAsync(connection, keys));
        if (outcome.Value is not { } values)
        {
            _metrics.RedisMissed(outcome.Failure!, keys.Count);
            return new byte[]?[keys.Count];
        }

        if (values.Count(value => value.IsNull) is var absent and > 0)
        {
            _metrics.RedisMissed("absent", absent);
        }

        return Array.ConvertAll(values, value => (byte[]?)value);
    }

    /// <inheritdoc/>
    public void Set(string key, byte[] value) => _writes.Writer.TryWrite(new KeyValuePair<RedisKey, RedisValue>(key, value));

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<KeyValuePair<RedisKey, RedisValue>>(WritesAtOnce);
        while (await _writes.Reader.WaitToReadAsync(cancellationToken))
        {
            batch.Clear();
            while (batch.Count < WritesAtOnce && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            var outcome = await _connection.WriteAsync(connection => SetAsync(connection, [.. batch]));
            if (outcome.Failure is { } failure)
            {
                _metrics.RedisWriteDropped(failure, batch.Count);
            }
        }
    }

    /// <inheritdoc/>
    public void Announce(Guid registryId)
    {
        try
        {
            _connection.Current?.GetSubscriber().Publish(ChannelOf(registryId), RedisValue.EmptyString, CommandFlags.FireAndForget);
        }
        catch (Exception exception)
        {
            Log.RedisNotReached(_logger, RedisFailure.Told(exception));
        }
    }

    /// <inheritdoc/>
    public async Task FollowAsync(Guid registryId, Action committed, CancellationToken cancellationToken)
    {
        var connection = await _connection.WhenMadeAsync(cancellationToken);
        while (true)
        {
            try
            {
                await connection.GetSubscriber().SubscribeAsync(ChannelOf(registryId), (_, _) => committed());
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NudgesNotHeard(_logger, RedisFailure.Told(exception));
                await Task.Delay(FollowAgainAfter, _clock, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    internal static RedisChannel ChannelOf(Guid registryId) => RedisChannel.Literal($"{FactsCache.KeyPrefix}{registryId:N}:commits");

    /// <summary>One multi-get; in a cluster one GET for each key.</summary>
    private async Task<RedisValue[]> GetAsync(IConnectionMultiplexer connection, IReadOnlyList<string> keys)
    {
        var database = connection.GetDatabase();
        return keys.Count == 1
            ? [await database.StringGetAsync(keys[0])]
            : IsCluster(connection)
                ? await EachAsync(keys, key => database.StringGetAsync(key))
                : await GetManyAsync(database, keys);
    }

    /// <summary>As many values as keys, whatever the server answers: the library does not look.</summary>
    private static async Task<RedisValue[]> GetManyAsync(IDatabase database, IReadOnlyList<string> keys)
    {
        var values = await database.StringGetAsync([.. keys.Select(key => (RedisKey)key)]);
        return values?.Length == keys.Count
            ? values
            : throw new RedisException($"Redis answered {values?.Length ?? 0} values for {keys.Count} keys.");
    }

    private Task<bool[]> SetAsync(IConnectionMultiplexer connection, KeyValuePair<RedisKey, RedisValue>[] batch)
    {
        var database = connection.GetDatabase();
        return IsCluster(connection) ? EachAsync(batch, SetOneAsync) : Task.WhenAll(batch.Select(SetOneAsync));

        Task<bool> SetOneAsync(KeyValuePair<RedisKey, RedisValue> write) =>
            database.StringSetAsync(write.Key, write.Value, _options.TimeToLive);
    }

    /// <summary>
    /// In a cluster the keys lie on different servers. What a lost one does not answer counts as absent, and must not cost what the
    /// others answer: so each key has its own limit, a little within the whole call's.
    /// </summary>
    private async Task<T[]> EachAsync<TKey, T>(IEnumerable<TKey> keys, Func<TKey, Task<T>> call)
    {
        var ended = await Task.WhenAll(keys.Select(TryOneAsync));
        return ended.Any(one => one.Answered)
            ? Array.ConvertAll(ended, one => one.Value!)
            : throw new TimeoutException("No server of the cluster answered.");

        async Task<(bool Answered, T? Value)> TryOneAsync(TKey key)
        {
            try
            {
                return (true, await call(key).WaitAsync(_options.Timeout * 0.8, _clock));
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                return (false, default);
            }
        }
    }

    private static bool IsCluster(IConnectionMultiplexer connection) =>
        connection.GetServers().Any(server => server.ServerType == ServerType.Cluster);
}
