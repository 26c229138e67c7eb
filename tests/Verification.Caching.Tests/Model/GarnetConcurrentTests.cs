using Verification.Caching.Tests.Redis;

namespace Verification.Caching.Tests.Model;

/// <summary>On Garnet, inside the process: wherever the tests run.</summary>
public sealed class GarnetConcurrentTests(ITestOutputHelper output) : ConcurrentSuite(output)
{
    private protected override TimeSpan Duration => TimeSpan.FromSeconds(6);

    /// <summary>As on redis-server; and what needs a process of the server's own: freezing it, and its dumps.</summary>
    private protected override Disturbance[] Impossible =>
    [
        Disturbance.MessageReordered, Disturbance.MachineSlept, Disturbance.NodeRestarted, Disturbance.RedisCallLost,
        Disturbance.RedisPaused, Disturbance.RedisRolledBack, Disturbance.MemoryPreloaded,
    ];

    private protected override async Task<ITestRedis> StartRedisAsync() => await GarnetRedis.StartNewAsync();

    private protected override IReadOnlyList<Func<Task>> MishapsOf(ITestRedis redis)
    {
        return [RestartAsync];

        async Task RestartAsync()
        {
            await redis.StopAsync();
            await redis.StartAsync();
            Disturbances.Count(Disturbance.RedisRestartedEmpty);
        }
    }
}
