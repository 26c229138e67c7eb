using StackExchange.Redis;
using Verification.Caching.Redis;

namespace Verification.Caching.Tests.Redis;

/// <summary>Someone else on the nodes' Redis, who does what nodes never do.</summary>
internal sealed class RedisIntruder : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private RedisIntruder(ConnectionMultiplexer connection) => _connection = connection;

    private IDatabase Database => _connection.GetDatabase();

    public static async Task<RedisIntruder> ConnectAsync(ITestRedis redis) =>
        new(await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},abortConnect=false,allowAdmin=true"));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Deletes all.</summary>
    /// <returns>Whether it could.</returns>
    public Task<bool> FlushAsync() => TryAsync(() => Database.ExecuteAsync("FLUSHALL"));

    /// <summary>Cuts the connections on which nodes hear of commits.</summary>
    /// <returns>Whether it could.</returns>
    public Task<bool> CutSubscriptionsAsync() => TryAsync(() => Database.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub"));

    /// <summary>Tells the nodes of a commit.</summary>
    /// <returns>Whether it could.</returns>
    public Task<bool> AnnounceAsync(Guid registryId) =>
        TryAsync(() => Database.PublishAsync(RedisTier.ChannelOf(registryId), RedisValue.EmptyString));

    /// <summary>Sends a message on a channel of its own and waits for it.</summary>
    public async Task TellItselfAsync()
    {
        var channel = RedisChannel.Literal($"intruder:{Guid.NewGuid():N}");
        var messages = await _connection.GetSubscriber().SubscribeAsync(channel);
        await _connection.GetSubscriber().PublishAsync(channel, RedisValue.EmptyString);
        await messages.ReadAsync(TestContext.Current.CancellationToken);
        await messages.UnsubscribeAsync();
    }

    /// <summary>Puts every value under the key of another.</summary>
    /// <returns>Whether it could.</returns>
    public Task<bool> CrossValuesAsync() => ChangeValuesAsync((values, i) => values[(i + 1) % values.Length]);

    /// <summary>Flips one bit of every value.</summary>
    /// <returns>Whether it could.</returns>
    public Task<bool> BreakValuesAsync() => ChangeValuesAsync((values, i) =>
    {
        var broken = (byte[])values[i].Clone();
        broken[Random.Shared.Next(broken.Length)] ^= (byte)(1 << Random.Shared.Next(8));
        return broken;
    });

    /// <summary>Changes every value.</summary>
    /// <param name="change">Is told all values and the place of one, and gives another in its place.</param>
    /// <returns>Whether it could and there were at least two.</returns>
    public async Task<bool> ChangeValuesAsync(Func<byte[][], int, byte[]> change)
    {
        var changed = false;
        return await TryAsync(async () =>
        {
            var keys = ((string[]?)await Database.ExecuteAsync("KEYS", "pv1:*"))!.Order().Select(key => (RedisKey)key).ToArray();
            var values = await Task.WhenAll(keys.Select(key => Database.StringGetAsync(key)));
            var bytes = values.Where(value => !value.IsNull).Select(value => (byte[])value!).ToArray();
            if (changed = bytes.Length == keys.Length && keys.Length > 1)
            {
                await Task.WhenAll(keys.Select((key, i) => Database.StringSetAsync(key, change(bytes, i))));
            }
        }) && changed;
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
