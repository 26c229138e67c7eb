using System.Diagnostics;

namespace Verification.Server.Tests.Faults;

/// <summary>Redis behind a Sentinel, by the standard connection string.</summary>
public sealed class RedisSentinelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Verify_MasterLost_LookupsGoOnAndTheNewMasterIsUsed()
    {
        await using var master = await RedisServer.StartNewAsync();
        await using var replica = await RedisServer.StartNewAsync("--replicaof", "127.0.0.1", $"{master.Port}", "--repl-diskless-sync-delay", "0");
        await using var sentinel = await RedisSentinel.StartAsync("permits", master);
        await Eventually.TrueAsync(() => sentinel.KnowsReplicasAsync(1), "The Sentinel does not know the replica.");
        await using var nodes = await Sharing.StartAsync(sentinel.ConnectionString);
        await nodes.AssertSharesAsync();

        await master.StopAsync();
        var lost = Stopwatch.GetTimestamp();
        Assert.False(await nodes.SharesAsync());
        await nodes.AssertSharesAsync();

        output.WriteLine(
            $"shared again {Stopwatch.GetElapsedTime(lost).TotalSeconds:0.0} s after the master was lost; "
            + $"misses {string.Join(", ", nodes.Counts.MissReasons)}");

        // The replica is a master a moment before the Sentinel says so.
        await Eventually.TrueAsync(
            async () => await sentinel.MasterPortAsync() == $"{replica.Port}", "The Sentinel does not name the replica as the master.");
    }
}
