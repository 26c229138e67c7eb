using Verification.Core.Lookup;

namespace Verification.Caching.Tests.Redis;

/// <summary>A cluster of three masters on loopback, one of which is lost.</summary>
public sealed class RedisClusterTests(ITestOutputHelper output)
{
    private const int Permits = 200;
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_OneMasterLost_OthersStillAnswerAndNothingFails()
    {
        string[] settings =
        [
            "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-node-timeout", "1000",
            "--cluster-require-full-coverage", "no",
        ];
        await using var one = await RedisServer.StartNewAsync(settings);
        await using var two = await RedisServer.StartNewAsync(settings);
        await using var three = await RedisServer.StartNewAsync(settings);
        RedisServer[] masters = [one, two, three];
        await RedisServer.RunAsync(
            "redis-cli", ["--cluster", "create", .. masters.Select(master => $"127.0.0.1:{master.Port}"), "--cluster-yes"]);
        await using var site = await TestSite.OpenAsync(TimeProvider.System);
        await site.ImportAsync(Permits, new DateOnly(2026, 4, 2));
        var options = TestSite.Options($"{string.Join(',', masters.Select(master => $"127.0.0.1:{master.Port}"))},connectTimeout=1000");
        var node = await site.RunningNodeAsync(options);
        await Eventually.TrueAsync(async () => await FromRedisAsync(node) == Permits, "The cluster did not take all permits.");

        await three.StopAsync();
        using var counts = new Counts(node.Metrics.Meter);
        var left = await FromRedisAsync(node);
        await Eventually.TrueAsync(
            async () => (left = await FromRedisAsync(node)) is > Permits / 3 and < Permits, "The masters left did not answer.");

        output.WriteLine(
            $"{left} of {Permits} from the two masters left, the others from the registry; "
            + $"timeouts {counts.Misses("timeout")}, open {counts.Misses("open")}");
    }

    /// <summary>Asks for all, by a batch and singly, past memory.</summary>
    /// <returns>How many of the batch came from Redis.</returns>
    private static async Task<int> FromRedisAsync(RegistryNode node)
    {
        var numbers = Enumerable.Range(0, Permits).Select(TestSite.Number).ToArray();
        Array.ForEach(numbers, node.Feed.Position!.Epoch.Memory.Forget);
        var batch = await node.Lookup.FindManyAsync(numbers, default, Token);
        Assert.Null(batch.Failure);
        Assert.All(batch.Answers, answer => Assert.NotNull(answer!.Value.Timeline));

        node.Feed.Position.Epoch.Memory.Forget(numbers[0]);
        Assert.NotNull((await node.Lookup.FindAsync(numbers[0], default, Token)).Timeline);
        return batch.Answers.Count(answer => answer!.Value.Source == LookupSource.Redis);
    }
}
