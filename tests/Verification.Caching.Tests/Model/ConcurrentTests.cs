using System.Collections.Concurrent;
using Verification.Caching.Tests.Redis;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Tests.Model;

/// <summary>
/// Invariants 1 to 3 with real threads, a real registry and a real Redis, all of it disturbed. What the simulation cannot show (the
/// processor's memory order, the libraries) is here; what this cannot repeat is there.
/// </summary>
public sealed class ConcurrentTests(ITestOutputHelper output)
{
    private const int Checkers = 6;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(12);
    private static readonly DateOnly Day = new(2024, 3, 5);
    private static readonly PermitNumber[] Numbers = [.. Enumerable.Range(0, 40).Select(TestSite.Number)];

    private readonly ConcurrentBag<Seen> _seen = [];
    private readonly ConcurrentDictionary<long, DateTimeOffset> _committedBefore = [];
    private readonly ConcurrentDictionary<string, int> _refused = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_UnderRealConcurrencyAndFaults_AreExactAndFresh()
    {
        await using var redis = await RedisServer.StartNewAsync("It is frozen, and rolled back to a dump.");
        await using var site = await TestSite.OpenAsync(TimeProvider.System);
        var options = TestSite.Options(redis.ConnectionString);
        options.Memory.PermitCapacity = 30;
        options.Feed.PollInterval = TimeSpan.FromMilliseconds(100);
        options.Feed.PageSize = 3;
        var nodes = new[] { site.Node(options), site.Node(options), site.Node(options) };
        Array.ForEach(nodes, site.Run);
        await Eventually.TrueAsync(() => nodes.All(node => node.Readiness.Check().IsEmpty), "The nodes did not become ready.");

        using var ended = new CancellationTokenSource(Duration, TimeProvider.System);
        await Task.WhenAll(
        [
            Task.Run(() => WriteAsync(site, nodes, ended.Token), Token),
            Task.Run(() => DisturbAsync(site, redis, nodes, ended.Token), Token),
            .. Enumerable.Range(0, Checkers).Select(i => Task.Run(() => CheckAsync(nodes[i % nodes.Length].Lookup, ended.Token), Token)),
        ]);

        site.Registry.BeforeLoad = _ => Task.CompletedTask;
        var truth = (await site.Registry.LoadAsync(Numbers, Token)).Histories
            .ToDictionary(pair => pair.Key, pair => pair.Value.Events.Select(recorded => recorded.Revision).ToArray());
        Assert.All(_seen, seen => Judge(seen, truth));
        output.WriteLine($"{_seen.Count} answers, {_committedBefore.Count} commits");
        output.WriteLine(string.Join(", ", _seen.GroupBy(seen => seen.Answer.Source).Select(group => $"{group.Key} {group.Count()}")));
        output.WriteLine(string.Join(", ", _refused.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(_seen.Count > 50_000, $"Only {_seen.Count} answers.");
    }

    private void Judge(Seen seen, Dictionary<PermitNumber, long[]> truth)
    {
        var known = truth.GetValueOrDefault(seen.Number, []).Count(revision => revision <= seen.Answer.Revision);
        Assert.Equal(known, seen.Events);
        Assert.True(seen.Answer.DataAsOf >= seen.Begun - seen.Allowed, $"Staler than allowed: {seen}");
        var later = _committedBefore.GetValueOrDefault(seen.Answer.Revision + 1, DateTimeOffset.MaxValue);
        Assert.True(later >= seen.Answer.DataAsOf, $"A commit before the instant is missed: {seen}");
    }

    private async Task WriteAsync(TestSite site, RegistryNode[] nodes, CancellationToken ended)
    {
        var issued = new HashSet<PermitNumber>();
        while (!ended.IsCancellationRequested)
        {
            var number = Numbers[Random.Shared.Next(Numbers.Length)];
            PermitEvent happening = issued.Add(number) ? new Issued(Day, PermitKind.WorkResidencePermit) : new Reissued(Day);
            var revision = await site.AppendAsync(number, happening, nodes[Random.Shared.Next(nodes.Length)].Registry);
            _committedBefore[revision] = TimeProvider.System.GetUtcNow();
            await PauseAsync(20);
        }
    }

    private static async Task DisturbAsync(TestSite site, RedisServer redis, RegistryNode[] nodes, CancellationToken ended)
    {
        site.Registry.BeforeLoad = _ => Random.Shared.Next(10) == 0 ? PauseAsync(20) : Task.CompletedTask;
        site.Registry.BeforePoll = _ => Random.Shared.Next(10) == 0 ? PauseAsync(60) : Task.CompletedTask;
        for (var round = 0; !ended.IsCancellationRequested; round++)
        {
            await PauseAsync(400);
            switch (round % 6)
            {
                case 0:
                    await redis.KeepDumpAsync();
                    break;
                case 1:
                    await redis.FreezeAsync();
                    await PauseAsync(400);
                    await redis.ThawAsync();
                    break;
                case 2:
                    await redis.StopAsync();
                    await redis.StartFromDumpAsync();
                    break;
                case 3:
                    var another = Guid.NewGuid();
                    site.Registry.Head = head => head with { RegistryId = another };
                    break;
                case 4:
                    Array.ForEach(Numbers, number => nodes[0].Feed.Position?.Epoch.Memory.Forget(number));
                    break;
                default:
                    await redis.StopAsync();
                    await redis.StartAsync();
                    break;
            }
        }
    }

    private async Task CheckAsync(IPermitLookup lookup, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            for (var i = 0; i < 25; i++)
            {
                await CheckOnceAsync(lookup);
            }

            await PauseAsync(8);
        }
    }

    private async Task CheckOnceAsync(IPermitLookup lookup)
    {
        var number = Numbers[Random.Shared.Next(Numbers.Length)];
        var begun = TimeProvider.System.GetUtcNow();
        var (demand, allowed) = Random.Shared.Next(50) switch
        {
            0 => (FreshnessDemand.FullyConsistent(), TimeSpan.Zero),
            1 => (FreshnessDemand.MaxStaleness(TimeSpan.FromMilliseconds(50)), TimeSpan.FromMilliseconds(50)),
            _ => (default, TimeSpan.FromSeconds(5)),
        };
        try
        {
            if (Random.Shared.Next(10) == 0)
            {
                PermitNumber[] numbers = [number, Numbers[Random.Shared.Next(Numbers.Length)]];
                var batch = await lookup.FindManyAsync(numbers, demand, Token);
                for (var i = 0; i < numbers.Length && batch.Failure is null; i++)
                {
                    _seen.Add(new Seen(numbers[i], batch.Answers[i]!.Value, begun, allowed));
                }
            }
            else
            {
                _seen.Add(new Seen(number, await lookup.FindAsync(number, demand, Token), begun, allowed));
            }
        }
        catch (Exception exception) when (exception is StaleException or RegistryUnavailableException)
        {
            _refused.AddOrUpdate(exception.GetType().Name, 1, (_, count) => count + 1);
        }
    }

    private static Task PauseAsync(int atMost) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(atMost)), TimeProvider.System, Token);

    private sealed record Seen(PermitNumber Number, PermitAnswer Answer, DateTimeOffset Begun, TimeSpan Allowed)
    {
        /// <summary>Every event after the issue raised the card's edition, so the edition counts the events.</summary>
        public int Events { get; } = Answer.Timeline?.RecordOn(Day)!.Edition ?? 0;
    }
}
