using System.Diagnostics;
using Verification.Core.Lookup;
using Verification.Core.Permits.Events;
using Verification.Core.Rules;

namespace Verification.Caching.Tests.Redis;

/// <summary>Nodes on a real Redis.</summary>
public sealed class RedisTierTests(ITestOutputHelper output) : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _site = await TestSite.OpenAsync(TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
            await _redis.DisposeAsync();
        }
    }

    [Fact]
    public async Task Find_ReadByAnotherNode_ComesFromRedis()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var first = await RunningNodeAsync();
        var second = await RunningNodeAsync();
        await first.Lookup.FindAsync(TestSite.Number(1), default, Token);

        await Eventually.TrueAsync(
            async () =>
            {
                second.Feed.Position!.Epoch.Memory.Forget(TestSite.Number(1));
                return (await second.Lookup.FindAsync(TestSite.Number(1), default, Token)).Source == LookupSource.Redis;
            },
            "What one node read did not reach the other.");
    }

    [Fact]
    public async Task Find_NodesWithTwoRulebooks_EachAnswerByTheirOwn()
    {
        await _site.IssueAsync(TestSite.Number(1), on: new DateOnly(2026, 3, 5));
        var tomorrow = WithLongerTerm(TestSite.Rulebook);
        var oldNode = await RunningNodeAsync();
        var newNode = await RunningNodeAsync(() => tomorrow);
        await oldNode.Lookup.FindAsync(TestSite.Number(1), default, Token);

        PermitAnswer answer = default;
        await Eventually.TrueAsync(
            async () =>
            {
                newNode.Feed.Position!.Epoch.Memory.Forget(TestSite.Number(1));
                answer = await newNode.Lookup.FindAsync(TestSite.Number(1), default, Token);
                return answer.Source == LookupSource.Redis;
            },
            "What one node read did not reach the other.");

        Assert.Equal(new DateOnly(2029, 3, 5), await ExpiryAsync(oldNode));
        Assert.Equal(new DateOnly(2031, 3, 5), await ExpiryAsync(newNode));
    }

    /// <summary>Redis frozen (its sockets open, no answer) under load, then thawed. Time is scaled down from the 30 s of the issue.</summary>
    [Fact]
    public async Task Find_RedisFrozenUnderLoad_NothingIsWrongNorRefusedAndItRecovers()
    {
        const int permits = 2_000;
        await _site.ImportAsync(permits, new DateOnly(2026, 4, 2));
        var node = await RunningNodeAsync();
        using var counts = new Counts(node.Metrics);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => node.Lookup.FindAsync(TestSite.Number(i), default, Token).AsTask()));
        var before = await MeasureAsync(node, 0, 500);
        Assert.Equal(before.Count, before.FromMemory);

        await _redis.FreezeAsync();
        var frozen = await MeasureAsync(node, 0, 500);
        var misses = await MeasureAsync(node, 500, 2_000);
        await _redis.ThawAsync();

        Report("memory hits before", before);
        Report("memory hits, Redis frozen", frozen);
        Report("misses, Redis frozen", misses);
        output.WriteLine($"timeouts {counts.Misses("timeout")}, open {counts.Misses("open")}, busy {counts.Misses("busy")}");
        Assert.Equal(frozen.Count, frozen.FromMemory);
        Assert.Equal(0, misses.FromMemory);
        Assert.True(counts.Misses("open") > counts.Misses("timeout"), "The circuit did not open.");
        await RecoversAsync(node);
    }

    [Fact]
    public async Task Find_RedisGoneAndBackEmpty_RecoversWithoutARestart()
    {
        await _site.ImportAsync(100, new DateOnly(2026, 4, 2));
        var node = await RunningNodeAsync();
        await _redis.StopAsync();
        await MeasureAsync(node, 0, 100);

        await _redis.StartAsync();

        await RecoversAsync(node);
    }

    [Fact]
    public async Task Find_RedisAwayAtTheStart_AnswersAndConnectsLater()
    {
        await _site.ImportAsync(100, new DateOnly(2026, 4, 2));
        await _redis.StopAsync();
        var node = await RunningNodeAsync();
        await MeasureAsync(node, 0, 100);

        await _redis.StartAsync();

        await RecoversAsync(node);
    }

    [Theory]
    [InlineData(true, 50)]
    [InlineData(false, 1_200)]
    public async Task Append_OnOneNode_IsSeenByTheOther(bool withRedis, int milliseconds)
    {
        await _site.IssueAsync(TestSite.Number(1));
        var writer = await RunningNodeAsync(withRedis: withRedis);
        var reader = await RunningNodeAsync(withRedis: withRedis);
        if (withRedis)
        {
            // The subscription is made in the background; wait until a commit is heard of.
            await Eventually.TrueAsync(
                async () => await DelayAsync(writer, reader) < TimeSpan.FromMilliseconds(milliseconds), "No commit was heard of.");
        }

        var delays = new List<TimeSpan>();
        for (var i = 0; i < (withRedis ? 100 : 5); i++)
        {
            delays.Add(await DelayAsync(writer, reader));
        }

        delays.Sort();
        var p99 = delays[(delays.Count * 99 / 100) - 1];
        output.WriteLine($"p50 {delays[delays.Count / 2].TotalMilliseconds:0.0} ms, p99 {p99.TotalMilliseconds:0.0} ms");
        Assert.True(p99 <= TimeSpan.FromMilliseconds(milliseconds), $"p99 {p99.TotalMilliseconds} ms");
    }

    /// <summary>How long after a commit was answered the other node answers from it.</summary>
    private async Task<TimeSpan> DelayAsync(RegistryNode writer, RegistryNode reader)
    {
        var revision = await _site.AppendAsync(TestSite.Number(1), new Reissued(new DateOnly(2024, 3, 6)), writer.Registry);
        var begun = Stopwatch.GetTimestamp();
        while ((await reader.Lookup.FindAsync(TestSite.Number(1), default, Token)).Revision < revision)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    private static async Task<DateOnly> ExpiryAsync(RegistryNode node) =>
        (await node.Lookup.FindAsync(TestSite.Number(1), default, Token)).Timeline!.RecordOn(new DateOnly(2026, 11, 22))!.ExpiresOn;

    /// <summary>The rulebook with a term of five years.</summary>
    private static Rulebook WithLongerTerm(Rulebook rulebook) => new()
    {
        Version = "2027.1",
        EffectiveFrom = rulebook.EffectiveFrom,
        WorkResidencePermit = rulebook.WorkResidencePermit with { Term = new Dated<Months>([(DateOnly.MinValue, new Months(60))]) },
        ResidencePermit = rulebook.ResidencePermit,
        RegistrationCard = rulebook.RegistrationCard,
        HiddenReasons = rulebook.HiddenReasons,
        Entitlements = rulebook.Entitlements,
        Remedies = rulebook.Remedies,
        Scopes = rulebook.Scopes,
        Parameters = rulebook.Parameters,
    };

    private static async Task RecoversAsync(RegistryNode node)
    {
        // What Redis should hold again is written when it is read from the registry.
        await Eventually.TrueAsync(
            async () =>
            {
                node.Feed.Position!.Epoch.Memory.Forget(TestSite.Number(1));
                return (await node.Lookup.FindAsync(TestSite.Number(1), default, Token)).Source == LookupSource.Redis;
            },
            "Redis did not come back into use.");
    }

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
            Assert.Equal(i, int.Parse(answer.Timeline!.Number.ToString()[6..], System.Globalization.CultureInfo.InvariantCulture));
        }

        times.Sort();
        return new Measured(times.Count, fromMemory, times[times.Count / 2], times[times.Count * 99 / 100], times[^1]);
    }

    private void Report(string what, Measured measured) => output.WriteLine(
        $"{what}: p50 {measured.P50.TotalMicroseconds:0.0} µs, p99 {measured.P99.TotalMicroseconds:0.0} µs, "
        + $"max {measured.Max.TotalMilliseconds:0.0} ms");

    private async Task<RegistryNode> RunningNodeAsync(Func<Rulebook>? rulebook = null, bool withRedis = true)
    {
        var node = _site.Node(TestSite.Options(withRedis ? _redis.ConnectionString : null), rulebook);
        _site.Run(node);
        await Eventually.TrueAsync(() => node.Readiness.Check().IsEmpty, "The node did not become ready.");
        return node;
    }

    private readonly record struct Measured(int Count, int FromMemory, TimeSpan P50, TimeSpan P99, TimeSpan Max);
}
