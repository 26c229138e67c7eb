using Microsoft.Extensions.Time.Testing;
using Verification.Core.Permits;

namespace Verification.Caching.Tests.Model;

/// <summary>What the nodes of a simulation share; a seed decides all of it.</summary>
internal sealed class SimWorld
{
    public const int NodeCount = 3;

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public SimWorld(int seed)
    {
        Chance = new Random(seed);
        Turns = new Turns(Chance);
        Holds = new Holds(Chance);
        Model = new ModelRegistry(Chance, TrueTime);
        Redis = new SimRedis(Turns, Chance, Disturbances);
        Messages = new SimMessages(Nodes, Turns, Holds, Chance, Disturbances);
    }

    /// <summary>Few numbers, so that much happens to each; some share a bucket.</summary>
    public static PermitNumber[] Numbers { get; } = SomeInOneBucket();

    public Random Chance { get; }

    public FakeTimeProvider TrueTime { get; } = new(Start);

    public Turns Turns { get; }

    public Holds Holds { get; }

    public ModelRegistry Model { get; }

    public SimRedis Redis { get; }

    public SimMessages Messages { get; }

    public SimNode[] Nodes { get; } = new SimNode[NodeCount];

    public Tally<Disturbance> Disturbances { get; } = new();

    public PermitNumber AnyNumber() => Numbers[Chance.Next(Numbers.Length)];

    private static PermitNumber[] SomeInOneBucket()
    {
        var all = Enumerable.Range(0, 3_000).Select(i => PermitNumber.Parse($"BJ2026{i:000000}")).ToList();
        var pairs = all.GroupBy(number => number.Bucket).Where(bucket => bucket.Count() > 1).Take(6).SelectMany(bucket => bucket.Take(2));
        return [.. pairs.Concat(all).Distinct().Take(24)];
    }
}
