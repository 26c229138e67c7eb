using Verification.Core.Lookup;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Tests.Redis;

/// <summary>What nodes have of a Redis, and that they do without.</summary>
public abstract class RedisTierSuite(ITestOutputHelper output) : RedisSuite(output)
{
    [Fact]
    public async Task Find_ReadByAnotherNode_ComesFromRedis()
    {
        await Site.IssueAsync(TestSite.Number(1));
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
        await Site.IssueAsync(TestSite.Number(1), on: new DateOnly(2026, 3, 5));
        var (old, present) = (TestSite.Rulebook, TestRulebooks.Library(new DateOnly(2026, 11, 1)).All[1]);
        var oldNode = await RunningNodeAsync();
        var newNode = await RunningNodeAsync(new RulebookLibrary([present]));
        await oldNode.Lookup.FindAsync(TestSite.Number(1), default, Token);

        PermitAnswer answer = default;
        await Eventually.TrueAsync(
            async () =>
            {
                newNode.Feed.Position!.Epoch.Memory.Forget(TestSite.Number(1));
                answer = await newNode.Lookup.FindAsync(TestSite.Number(1), present, default, Token);
                return answer.Source == LookupSource.Redis;
            },
            "What one node read did not reach the other.");

        Assert.Equal(new DateOnly(2029, 3, 5), await ExpiryAsync(oldNode, old));
        Assert.Equal(new DateOnly(2030, 3, 5), await ExpiryAsync(newNode, present));
    }

    [Fact]
    public async Task Find_RedisGoneAndBackEmpty_RecoversWithoutARestart()
    {
        await Site.ImportAsync(100, new DateOnly(2026, 4, 2));
        var node = await RunningNodeAsync();
        await Redis.StopAsync();
        await AnswersAsync(node, 100);

        await Redis.StartAsync();

        await RecoversAsync(node);
    }

    [Fact]
    public async Task Find_RedisAwayAtTheStart_AnswersAndConnectsLater()
    {
        await Site.ImportAsync(100, new DateOnly(2026, 4, 2));
        await Redis.StopAsync();
        var node = await RunningNodeAsync();
        await AnswersAsync(node, 100);

        await Redis.StartAsync();

        await RecoversAsync(node);
    }

    /// <summary>What others did to the values costs a reading of the registry, and is counted.</summary>
    [Fact]
    public async Task Find_ValuesCrossedBrokenCutOrForeign_AreCountedMissesAnsweredByTheRegistry()
    {
        const int permits = 10;
        await Site.ImportAsync(permits, new DateOnly(2026, 4, 2));
        await using var intruder = await RedisIntruder.ConnectAsync(Redis);
        var node = await RunningNodeAsync();
        using var counts = new Counts(node.Metrics.Meter);

        await AfterAsync("mac", (values, i) => values[(i + 1) % values.Length]);
        await AfterAsync("mac", (values, i) => [.. values[i][..^1], (byte)(values[i][^1] ^ 1)]);
        await AfterAsync("mac", (values, i) => values[i][..^1]);
        await AfterAsync("length", (_, _) => []);
        await AfterAsync("version", (values, i) => [2, .. values[i][1..]]);

        async Task AfterAsync(string reason, Func<byte[][], int, byte[]> change)
        {
            await AllFromAsync(LookupSource.Redis);
            Assert.True(await intruder.ChangeValuesAsync(change));
            var before = counts.Misses(reason);

            // Not asked twice before it is counted: an answer from the registry is written to Redis.
            node.Feed.Position!.Epoch.Memory.Forget(TestSite.Number(0));
            var answer = await node.Lookup.FindAsync(TestSite.Number(0), default, Token);

            Assert.Equal((LookupSource.Registry, TestSite.Number(0)), (answer.Source, answer.Timeline!.Value.Number));
            Assert.Equal(before + 1, counts.Misses(reason));
        }

        Task AllFromAsync(LookupSource source) => Eventually.TrueAsync(
            async () =>
            {
                var numbers = Enumerable.Range(0, permits).Select(TestSite.Number).ToArray();
                Array.ForEach(numbers, node.Feed.Position!.Epoch.Memory.Forget);
                var batch = await node.Lookup.FindManyAsync(numbers, default, Token);
                return batch.Answers.All(answer => answer!.Value.Source == source);
            },
            "Redis was not filled.");
    }

    private static async Task<DateOnly> ExpiryAsync(RegistryNode node, Rulebook rulebook) =>
        (await node.Lookup.FindAsync(TestSite.Number(1), rulebook, default, Token)).Timeline!.Value.RecordOn(new DateOnly(2026, 11, 22))!.Value.ExpiresOn;

    /// <summary>Every permit is answered, wherever from.</summary>
    private static async Task AnswersAsync(RegistryNode node, int permits)
    {
        for (var i = 0; i < permits; i++)
        {
            Assert.Equal(TestSite.Number(i), (await node.Lookup.FindAsync(TestSite.Number(i), default, Token)).Timeline!.Value.Number);
        }
    }

    private protected static async Task RecoversAsync(RegistryNode node)
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
}
