using System.Diagnostics;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Faults;

/// <summary>Redis frozen by SIGSTOP, its sockets open and silent, while callers ask on.</summary>
[Collection(FaultsRunAlone.Name)]
public sealed class RedisFrozenTests(ITestOutputHelper output)
{
    private const int Hot = 200;
    private const int Permits = 30_000;

    // What to allow for, as the callers, two nodes and Redis share the machine's few cores with who knows what.
    private const double Noise = 2;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_RedisFrozenForHalfAMinuteUnderLoad_NothingIsWrongOrRefusedAndItRecovers()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var writer = await Node.StartAsync(redis.ConnectionString);
        await Registered.ImportAsync(writer, Permits);
        await using var node = await Node.StartAsync(redis.ConnectionString, writer.Folder);
        using var counts = Node.Count(node);
        await using var hits = new Load(() => Registered.AskAsync(node, Random.Shared.Next(Hot)));
        await using var misses = new Load(NewMisses(node), pause: TimeSpan.FromMilliseconds(10));
        await using var records = new Load(NewRecords(writer, node), pause: TimeSpan.FromMilliseconds(100));
        await Task.Delay(Usual, TimeProvider.System, Token);

        var before = await MeasureAsync(Usual);
        await redis.FreezeAsync();
        var frozen = await MeasureAsync(Frozen);
        await redis.ThawAsync();
        var thawed = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(() => SharesAsync(writer, node), "Redis did not come back into use.");
        var recovery = Stopwatch.GetElapsedTime(thawed);
        var after = await MeasureAsync(Usual);

        // Others' work on this machine only ever adds: the quieter windows tell what a frozen Redis does.
        var (usual, stopped) = (Quiet([.. before.Hits, .. after.Hits]), Quiet(frozen.Hits));
        output.WriteLine(
            $"p99 of memory hits: {usual:0.00} ms with Redis, {stopped:0.00} ms with Redis frozen ({frozen.Hits.Count} windows); "
            + $"misses meanwhile: {frozen.Misses.Count}, p50 {Percentile(frozen.Misses, 50):0.0} ms, p99 {Percentile(frozen.Misses, 99):0.0} ms, "
            + $"max {frozen.Misses.Max():0.0} ms; used again {recovery.TotalSeconds:0.0} s after it went on; "
            + $"counted {string.Join(", ", counts.MissReasons)}");
        Assert.True(stopped <= usual * Noise, $"p99 of memory hits {usual:0.00} ms grew to {stopped:0.00} ms.");
        Assert.True(counts.Misses("timeout") > 0);
        Assert.True(counts.Misses("open") > counts.Misses("timeout"), "The circuit did not open.");
        Assert.True(counts.Of("verification.redis.writes_dropped open") > 0);
        Assert.Contains(node.Logs.Texts, text => text.Contains("Redis is left alone", StringComparison.Ordinal));
        await Eventually.TrueAsync(
            () => node.Logs.Texts.Any(text => text.Contains("Redis answers reads again", StringComparison.Ordinal)), "The log does not say that it recovered.");

        async Task<(List<double> Hits, List<double> Misses)> MeasureAsync(TimeSpan time)
        {
            var hot = new List<double>();
            misses.Take();
            for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < time;)
            {
                hits.Take();
                await Task.Delay(Window, TimeProvider.System, Token);
                hot.Add(Percentile(hits.Take(), 99));
            }

            records.Take();
            return (hot, misses.Take());
        }
    }

    /// <summary>Checks permits that the node was not asked for before. What is answered, Redis frozen or not, is answered in time.</summary>
    private static Func<Task> NewMisses(TestServer node)
    {
        var next = Hot;
        return async () => await Registered.AskAsync(node, Interlocked.Increment(ref next));
    }

    /// <summary>Records permits on one node; the other answers by them as soon as it is asked for that revision.</summary>
    private static Func<Task> NewRecords(TestServer writer, TestServer node)
    {
        var next = 0;
        return async () =>
        {
            var number = $"BJ2026{Interlocked.Increment(ref next):000000}";
            var check = new VerifyPermitRequest { PermitNumber = number, AsOf = Calls.Date(2026, 3, 10) };
            Assert.Equal(PermitStatus.NotFound, (await node.VerdictAsync(check)).Status);
            check.Freshness = new Freshness { AtLeastRevision = await writer.RecordAsync(Calls.Issued(number, "2026-01-05")) };
            Assert.Equal(PermitStatus.Valid, (await node.VerdictAsync(check)).Status);
        };
    }

    /// <summary>Whether what one node reads from the registry reaches the other through Redis.</summary>
    private static async Task<bool> SharesAsync(TestServer writer, TestServer node)
    {
        var permit = Random.Shared.Next(Permits / 2, Permits);
        await Registered.AskAsync(writer, permit);
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        return await Registered.AskAsync(node, permit) == Source.Redis;
    }

    private static double Quiet(List<double> windows) => Percentile(windows, 25);

    private static double Percentile(List<double> values, int percent)
    {
        values.Sort();
        return values[(values.Count - 1) * percent / 100];
    }
}
