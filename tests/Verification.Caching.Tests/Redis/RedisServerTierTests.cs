using System.Diagnostics;
using Verification.Core.Lookup;

namespace Verification.Caching.Tests.Redis;

/// <summary>On the real redis-server, which can be frozen too.</summary>
public sealed class RedisServerTierTests(ITestOutputHelper output) : RedisTierSuite(output)
{
    private RedisServer _server = null!;

    /// <summary>Redis frozen (its sockets open, no answer) under load, then thawed. The server's tests freeze it for half a minute.</summary>
    [Fact]
    public async Task Find_RedisFrozenUnderLoad_NothingIsWrongNorRefusedAndItRecovers()
    {
        const int permits = 2_000;
        await Site.ImportAsync(permits, new DateOnly(2026, 4, 2));
        var node = await RunningNodeAsync();
        using var counts = new Counts(node.Metrics.Meter);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => node.Lookup.FindAsync(TestSite.Number(i), default, Token).AsTask()));
        var before = await MeasureAsync(node, 0, 500);
        Assert.Equal(before.Count, before.FromMemory);

        await _server.FreezeAsync();
        var frozen = await MeasureAsync(node, 0, 500);
        var misses = await MeasureAsync(node, 500, 2_000);
        await _server.ThawAsync();

        Report("memory hits before", before);
        Report("memory hits, Redis frozen", frozen);
        Report("misses, Redis frozen", misses);
        Output.WriteLine($"timeouts {counts.Misses("timeout")}, open {counts.Misses("open")}, busy {counts.Misses("busy")}");
        Assert.Equal(frozen.Count, frozen.FromMemory);
        Assert.Equal(0, misses.FromMemory);
        Assert.True(counts.Misses("open") > counts.Misses("timeout"), "The circuit did not open.");
        await RecoversAsync(node);
    }

    /// <summary>Full, or read-only after a failover: it refuses to write and answers what it holds.</summary>
    [Fact]
    public async Task Find_RedisRefusesEveryWrite_IsReadFromAsBefore()
    {
        const int held = 50;
        const int batch = 10;
        await Site.ImportAsync(1_000, new DateOnly(2026, 4, 2));
        var node = await RunningNodeAsync();
        var kept = Enumerable.Range(0, held).Select(TestSite.Number).ToArray();
        await Eventually.TrueAsync(async () => (await AskAnewAsync()).All(answer => answer == LookupSource.Redis), "Redis was not filled.");
        using var counts = new Counts(node.Metrics.Meter);

        Assert.Equal("OK", await _server.AskAsync("CONFIG", "SET", "maxmemory", "1"));
        for (var from = held; from < 1_000; from += batch)
        {
            await node.Lookup.FindManyAsync(Enumerable.Range(from, batch).Select(TestSite.Number).ToArray(), default, Token);
        }

        await Eventually.TrueAsync(() => counts.DroppedWrites.ContainsKey("open"), "The writes' circuit did not open.");
        Assert.All(await AskAnewAsync(), source => Assert.Equal(LookupSource.Redis, source));
        Assert.Equal(0, counts.Misses("open"));
        await _server.AskAsync("CONFIG", "SET", "maxmemory", "0");

        async Task<LookupSource[]> AskAnewAsync()
        {
            Array.ForEach(kept, node.Feed.Position!.Epoch.Memory.Forget);
            return [.. (await node.Lookup.FindManyAsync(kept, default, Token)).Answers.Select(answer => answer!.Value.Source)];
        }
    }

    private protected override async Task<ITestRedis> StartRedisAsync() =>
        _server = await RedisServer.StartNewAsync();

    private static async Task<Measured> MeasureAsync(RegistryNode node, int from, int to)
    {
        var times = new List<TimeSpan>();
        var fromMemory = 0;
        for (var i = from; i < to; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var answer = await node.Lookup.FindAsync(TestSite.Number(i), default, Token);
            times.Add(Stopwatch.GetElapsedTime(begun));
            fromMemory += answer.Source == LookupSource.Memory ? 1 : 0;
            Assert.Equal(i, int.Parse(answer.Timeline!.Value.Number.ToString()[6..], System.Globalization.CultureInfo.InvariantCulture));
        }

        times.Sort();
        return new Measured(times.Count, fromMemory, times[times.Count / 2], times[times.Count * 99 / 100], times[^1]);
    }

    private void Report(string what, Measured measured) => Output.WriteLine(
        $"{what}: p50 {measured.P50.TotalMicroseconds:0.0} µs, p99 {measured.P99.TotalMicroseconds:0.0} µs, "
        + $"max {measured.Max.TotalMilliseconds:0.0} ms");

    private readonly record struct Measured(int Count, int FromMemory, TimeSpan P50, TimeSpan P99, TimeSpan Max);
}
