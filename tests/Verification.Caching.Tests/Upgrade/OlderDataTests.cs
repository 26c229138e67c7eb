using System.Text;
using Verification.Caching.Redis;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Upgrade;

/// <summary>What the version with rulebook 2026.1 left behind is read by this one, and goes on.</summary>
public sealed class OlderDataTests
{
    /// <summary>Recorded one by one: issued, reissued, and the same once more by mistake.</summary>
    private static readonly PermitNumber Reissued = PermitNumber.Parse("BJ2026900001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_RegistryOfAnOlderVersion_AnswersEveryCaseAsItDid()
    {
        await using var site = await OlderSite.OpenAsync();
        var node = await site.PolledNodeAsync();

        var (asked, _) = await OlderVerdicts.AssertAsync(node.Lookup);

        Assert.Equal((1_500, 669), (asked, node.Feed.Position!.Revision));
    }

    /// <summary>Every type of event that the older version knew, in some hundred values.</summary>
    [Fact]
    public async Task Find_FactsOfAnOlderVersion_AreAnsweredWithoutTheRegistry()
    {
        await using var site = await OlderSite.OpenAsync();
        var facts = OlderSite.Facts();
        var histories = (await site.Store.LoadAsync([.. facts.Keys], Token)).Histories;
        var node = await site.PolledNodeAsync(new OlderRedis((await site.Store.ReadHeadAsync(Token)).RegistryId));
        using var counts = new Counts(node.Metrics.Meter);
        site.Registry.BeforeLoad = _ => throw new RegistryUnavailableException("The registry was asked.");

        var (asked, sources) = await OlderVerdicts.AssertAsync(node.Lookup, facts.ContainsKey);

        Assert.InRange(asked, 500, 1_500);
        Assert.Equal([LookupSource.Redis], sources.Keys);
        Assert.Empty(counts.MissReasons);
        Assert.InRange(facts.Count, 100, 200);
        Assert.Equal(
            EventTypes.All.Select(type => type.Name).Except(["annulled"]).Order(),
            histories.Values.SelectMany(history => history.Events).Select(recorded => recorded.Event.Name).Distinct().Order());
        foreach (var number in facts.Keys)
        {
            var answer = await node.Lookup.FindKnownAtAsync(number, OlderSite.Rulebook, histories[number].Events[0].Revision, Token);
            Assert.Equal(((Issued)histories[number].Events[0].Event).Holder?.First128Bits, answer.Timeline!.Value.Holder);
        }
    }

    /// <summary>What was recorded goes on: an annulment of an old event, its facts for older and newer nodes, an old request repeated.</summary>
    [Fact]
    public async Task Append_AnnulmentInARegistryOfAnOlderVersion_TakesTheEventOut()
    {
        await using var site = await OlderSite.OpenAsync();
        var redis = new OlderRedis((await site.Store.ReadHeadAsync(Token)).RegistryId);
        var node = await site.PolledNodeAsync(redis);
        var old = redis[Reissued];
        Assert.Equal((3, LookupSource.Redis), await EditionAsync());

        var annulled = await site.Store.AppendAsync(
            new EventAppend("annul", Reissued, new Annulled(new DateOnly(2026, 11, 22), 3, "twice"), "bureau"), Token);
        await node.Feed.PollAsync(Token);

        Assert.Equal(670, annulled.Revision);
        Assert.Equal((2, LookupSource.Registry), await EditionAsync());
        Assert.NotEqual(old, redis[Reissued]);
        Assert.Equal(
            new AppendResult(669, AlreadyRecorded: true, null),
            await site.Store.AppendAsync(
                new EventAppend("request-2", Reissued, new Reissued(new DateOnly(2025, 3, 6)), "bureau"), Token));
        node = await site.PolledNodeAsync(redis);
        Assert.Equal((2, LookupSource.Redis), await EditionAsync());

        // An old value that comes back, as from a Redis that was restored, answers no more.
        redis.Set(FactsCache.Key(node.Feed.Position!.Epoch.CacheId, Reissued), old);
        node = await site.PolledNodeAsync(redis);
        Assert.Equal((2, LookupSource.Registry), await EditionAsync());

        async Task<(int Edition, LookupSource Source)> EditionAsync()
        {
            var answer = await node.Lookup.FindAsync(Reissued, OlderSite.Rulebook, default, Token);
            return (answer.Timeline!.Value.RecordOn(new DateOnly(2026, 11, 22))!.Value.Edition, answer.Source);
        }
    }

    /// <summary>An import of 500 lines that were recorded before, left by the older version before its end.</summary>
    [Fact]
    public async Task Import_BegunByAnOlderVersion_IsTakenUpWhereItStood()
    {
        await using var site = await OlderSite.OpenAsync();
        var begun = await site.Store.ReadImportAsync("admitted-again", Token);
        Assert.Equal((500L, 500L, 0L, false), (begun.LinesRead, begun.AlreadyRecorded, begun.AlreadyAnnulled, begun.IsComplete));
        Assert.True((await site.Store.ReadImportAsync("cases", Token)).IsComplete);
        var rejected = OlderSite.Lines("2026.1", "rejects.ndjson").Select(reject => reject.GetProperty("line").GetInt32()).ToHashSet();
        Assert.Equal(
            rejected.Order(), (await site.Store.ReadRejectsAsync("cases", 0, 10_000, Token)).Select(reject => (int)reject.Line));

        var parser = new RegistryLineParser(OlderSite.Digester);
        var lines = File.ReadLines(OlderSite.PathOf("2026.1", "events.ndjson"))
            .Where((_, i) => !rejected.Contains(i + 1))
            .Select((text, i) => parser.Parse(i + 1, Encoding.UTF8.GetBytes(text)))
            .ToArray();
        var ended = await site.Store.ImportAsync(
            new ImportBatch("admitted-again", 500, lines.Length, [.. lines[500..]], "digest", IsLast: true, "bureau"), Token);

        Assert.Equal(
            new ImportProgress(666, 0, 0, "digest", true, AlreadyRecorded: 666), ended.Progress with { CompletedAt = null });
        Assert.Equal(669, (await site.Store.ReadHeadAsync(Token)).Revision);
    }
}
