using Verification.Caching.Tests.Redis;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Model;

/// <summary>Real nodes on a real registry and a Redis, written to and disturbed.</summary>
internal sealed class ConcurrentSite(TestSite site, RegistryNode[] nodes, SteppedClock[] clocks, RedisIntruder intruder, CommitLog commits)
{
    public static readonly DateOnly Day = new(2024, 3, 5);
    public static readonly PermitNumber[] Numbers = [.. Enumerable.Range(0, 40).Select(TestSite.Number)];

    public Tally<Disturbance> Disturbances { get; } = new();

    /// <summary>What can be done to any Redis, to the nodes and to the registry, in an order in which Redis has time to come back.</summary>
    public IReadOnlyList<Func<Task>> Mishaps =>
    [
        EvictAsync,
        () => StepAsync(Disturbance.ClockForward, TimeSpan.FromSeconds(3)),
        RestoreAsync,
        () => StepAsync(Disturbance.ClockBack, TimeSpan.FromSeconds(-3)),
        () => IntrudeAsync(Disturbance.MessageDropped, intruder.CutSubscriptionsAsync),
        () => IntrudeAsync(Disturbance.RedisValueCrossed, intruder.CrossValuesAsync),
        () => IntrudeAsync(Disturbance.RedisValueBroken, intruder.BreakValuesAsync),
        () => IntrudeAsync(Disturbance.RedisFlushed, intruder.FlushAsync),
    ];

    /// <summary>Holds up reads of the registry, or leaves them without an answer, at times.</summary>
    public void DisturbReads()
    {
        site.Registry.BeforePoll = _ => MaybeAsync(Disturbance.PollDelayed, 60);
        site.Registry.BeforeLoad = async _ =>
        {
            await MaybeAsync(Disturbance.LoadDelayed, 20);
            if (Random.Shared.Next(300) == 0)
            {
                Disturbances.Count(Disturbance.RegistryAway);
                throw new RegistryUnavailableException("The registry was away.");
            }
        };
    }

    public void LeaveReadsAlone()
    {
        site.Registry.BeforePoll = _ => Task.CompletedTask;
        site.Registry.BeforeLoad = _ => Task.CompletedTask;
    }

    /// <summary>Commits events until told to end. Other nodes hear of them, or not, or late, or twice.</summary>
    public async Task WriteAsync(CancellationToken ended)
    {
        var places = Numbers.ToDictionary(number => number, _ => new PlacesOfEvents());
        var late = new List<Task>();
        while (!ended.IsCancellationRequested)
        {
            var number = Numbers[Random.Shared.Next(Numbers.Length)];
            var (happening, what) = places[number].Next();
            var telling = Random.Shared.Next(6);
            var through = telling < 2 ? site.Registry : nodes[Random.Shared.Next(nodes.Length)].Announcing(site.Registry);
            commits.Add(await site.AppendAsync(number, happening, through));
            Disturbances.Count(what);
            switch (telling)
            {
                case 0:
                    Disturbances.Count(Disturbance.MessageDropped);
                    break;
                case 1:
                    late.Add(AnnounceAsync(Disturbance.MessageDelayed, 300));
                    break;
                case 2:
                    late.Add(AnnounceAsync(Disturbance.MessageDuplicated, 3));
                    break;
            }

            await PauseAsync(20);
        }

        await Task.WhenAll(late);
    }

    public static Task PauseAsync(int atMost) => Task.Delay(
        TimeSpan.FromMilliseconds(Random.Shared.Next(atMost)), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>One mishap of Redis or its messages that takes effect, if need be once Redis is back.</summary>
    private async Task IntrudeAsync(Disturbance disturbance, Func<Task<bool>> act)
    {
        await Eventually.TrueAsync(act, $"{disturbance} could not be done.");
        Disturbances.Count(disturbance);
    }

    private Task EvictAsync()
    {
        var memory = nodes[Random.Shared.Next(nodes.Length)].Feed.Position?.Epoch.Memory;
        Array.ForEach(Numbers, number => memory?.Forget(number));
        Disturbances.Count(Disturbance.Eviction);
        return Task.CompletedTask;
    }

    private Task StepAsync(Disturbance disturbance, TimeSpan step)
    {
        clocks[Random.Shared.Next(clocks.Length)].Step(step);
        Disturbances.Count(disturbance);
        return Task.CompletedTask;
    }

    /// <summary>As an operator ends a restore. That no event is lost makes no difference to the nodes: they begin anew.</summary>
    private async Task RestoreAsync()
    {
        await site.Registry.MarkRestoredAsync(1_000, TestContext.Current.CancellationToken);
        Disturbances.Count(Disturbance.RegistryRestored);
    }

    private async Task AnnounceAsync(Disturbance disturbance, int atMost)
    {
        await PauseAsync(atMost);
        if (nodes[0].Readiness.RegistryId is { } registryId && await intruder.AnnounceAsync(registryId))
        {
            Disturbances.Count(disturbance);
        }
    }

    private Task MaybeAsync(Disturbance delay, int atMost)
    {
        if (Random.Shared.Next(10) != 0)
        {
            return Task.CompletedTask;
        }

        Disturbances.Count(delay);
        return PauseAsync(Random.Shared.Next(10) == 0 ? 10 * atMost : atMost);
    }
}
