namespace Verification.Caching.Tests.Model;

/// <summary>On the real redis-server, which is frozen, ended, and started empty or from an older dump.</summary>
public sealed class RedisServerConcurrentTests(ITestOutputHelper output) : ConcurrentSuite(output)
{
    private protected override TimeSpan Duration => TimeSpan.FromSeconds(12);

    /// <summary>Messages are all alike here, a machine does not sleep, and nodes restart in the simulation; lost calls nobody
    /// counts. Memory is filled in the simulation too.</summary>
    private protected override Disturbance[] Impossible =>
    [
        Disturbance.MessageReordered, Disturbance.MachineSlept, Disturbance.NodeRestarted, Disturbance.RedisCallLost,
        Disturbance.MemoryPreloaded,
    ];

    private protected override async Task<ITestRedis> StartRedisAsync() =>
        await RedisServer.StartNewAsync();

    private protected override IReadOnlyList<Func<Task>> MishapsOf(ITestRedis redis)
    {
        var server = (RedisServer)redis;
        return [server.KeepDumpAsync, PauseAsync, RollBackAsync, RestartAsync];

        async Task PauseAsync()
        {
            await server.FreezeAsync();
            await ConcurrentSite.PauseAsync(400);
            await server.ThawAsync();
            Disturbances.Count(Disturbance.RedisPaused);
        }

        async Task RollBackAsync()
        {
            await server.StopAsync();
            await server.StartFromDumpAsync();
            Disturbances.Count(Disturbance.RedisRolledBack);
        }

        async Task RestartAsync()
        {
            await server.StopAsync();
            await server.StartAsync();
            Disturbances.Count(Disturbance.RedisRestartedEmpty);
        }
    }
}
