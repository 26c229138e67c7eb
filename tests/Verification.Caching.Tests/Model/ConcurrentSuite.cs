using Verification.Caching.Tests.Redis;

namespace Verification.Caching.Tests.Model;

/// <summary>
/// Invariants 1 to 3 with real threads, a real registry and a real Redis, all of it disturbed. What the simulation cannot show (the
/// processor's memory order, the libraries) is here; what this cannot repeat is there.
/// </summary>
public abstract class ConcurrentSuite(ITestOutputHelper output)
{
    private const int Checkers = 6;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How long it goes on, at least.</summary>
    private protected abstract TimeSpan Duration { get; }

    /// <summary>What cannot be done here: by the simulation alone, and by this server.</summary>
    private protected abstract Disturbance[] Impossible { get; }

    private protected Tally<Disturbance> Disturbances { get; private set; } = new();

    [Fact]
    public async Task Answers_UnderRealConcurrencyAndFaults_AreExactAndFresh()
    {
        await using var redis = await StartRedisAsync();
        await using var intruder = await RedisIntruder.ConnectAsync(redis);
        await using var site = await TestSite.OpenAsync(TimeProvider.System);
        var options = TestSite.Options(redis.ConnectionString);
        // Of a few dozen permits, some have to go all the time.
        (options.Memory.Limit, options.Memory.HistoryCapacity) = (8 << 10, 6);
        options.Feed.PollInterval = TimeSpan.FromMilliseconds(200);
        options.Feed.PageSize = 3;
        var clocks = new[] { new SteppedClock(), new SteppedClock(), new SteppedClock() };
        var nodes = Array.ConvertAll(clocks, clock => site.Node(options, clock: clock));
        Array.ForEach(nodes, site.Run);
        await Eventually.TrueAsync(() => nodes.All(node => node.Readiness.Check().IsEmpty), "The nodes did not become ready.");

        var commits = new CommitLog();
        var checks = new ConcurrentChecks(ConcurrentSite.Numbers, ConcurrentSite.Day, commits);
        var disturbed = new ConcurrentSite(site, nodes, clocks, intruder, commits);
        Disturbances = disturbed.Disturbances;
        disturbed.DisturbReads();
        using var ended = new CancellationTokenSource();
        await Task.WhenAll(
        [
            Task.Run(() => disturbed.WriteAsync(ended.Token), Token),
            Task.Run(() => DisturbAsync([.. disturbed.Mishaps, .. MishapsOf(redis)], ended), Token),
            .. Enumerable.Range(0, Checkers).Select(i => Task.Run(() => CheckAsync(checks, nodes[i % nodes.Length], ended.Token), Token)),
        ]);
        disturbed.LeaveReadsAlone();
        var truth = (await site.Registry.LoadAsync(ConcurrentSite.Numbers, Token)).Histories
            .ToDictionary(pair => pair.Key, pair => pair.Value.Events.ToArray());

        output.WriteLine($"{checks.Answered} answers ({checks.Kinds}), {commits.Count} commits");
        output.WriteLine(checks.Summary);
        output.WriteLine($"{Disturbances}");
        checks.JudgeAll(truth);
        checks.Kinds.AssertEach();
        Disturbances.AssertEach(Impossible);
        Assert.True(checks.Answered > 5_000, $"Only {checks.Answered} answers.");
        Assert.True(checks.Refused < checks.Answered / 10, $"{checks.Refused} refused of {checks.Answered}.");
    }

    private protected abstract Task<ITestRedis> StartRedisAsync();

    /// <summary>What can be done to this server, one after the other.</summary>
    private protected abstract IReadOnlyList<Func<Task>> MishapsOf(ITestRedis redis);

    /// <summary>One mishap after the other, each at least once.</summary>
    private async Task DisturbAsync(IReadOnlyList<Func<Task>> mishaps, CancellationTokenSource ended)
    {
        try
        {
            var begun = TimeProvider.System.GetTimestamp();
            for (var round = 0; round < mishaps.Count || TimeProvider.System.GetElapsedTime(begun) < Duration; round++)
            {
                await ConcurrentSite.PauseAsync(300);
                await mishaps[round % mishaps.Count]();
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static async Task CheckAsync(ConcurrentChecks checks, RegistryNode node, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            for (var i = 0; i < 25; i++)
            {
                await checks.CheckOnceAsync(node.Lookup, Token);
            }

            await ConcurrentSite.PauseAsync(8);
        }
    }
}
