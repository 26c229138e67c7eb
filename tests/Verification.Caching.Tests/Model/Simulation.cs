using System.Diagnostics.Metrics;
using Verification.Caching.Telemetry;

namespace Verification.Caching.Tests.Model;

/// <summary>
/// Several nodes, one registry, one Redis, on one thread; a seed decides all that happens and in which order, every await being a
/// place where anything else may come in between. Each answer is held against the model.
/// </summary>
internal sealed class Simulation : IDisposable
{
    // Far more than checks take, and a bound for a world in which none ends.
    private const int MostStepsForACheck = 1_000;

    private readonly SimWorld _world;
    private readonly Disturber _disturber;
    private readonly Mutation _mutation;
    private readonly CachingMetrics _metrics = new();
    private readonly MeterListener _counting = new();
    private bool _between;

    public Simulation(int seed, Mutation mutation)
    {
        _world = new SimWorld(seed);
        _disturber = new Disturber(_world, StartNode);
        _mutation = mutation;
        Judge = new CheckJudge(_world.Model, _world.TrueTime, seed, mutation);

        // An answer is counted after its entry was found and before it is made: a place between two instructions.
        _counting.SetMeasurementEventCallback<long>((_, _, _, _) => OvertakeAtTimes());
        _counting.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _metrics.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _counting.Start();
    }

    /// <summary>The checks that came to an end.</summary>
    public CheckJudge Judge { get; }

    /// <summary>What happened meanwhile.</summary>
    public Tally<Disturbance> Disturbances => _world.Disturbances;

    private Random Chance => _world.Chance;

    /// <summary>Plays until so many checks came to an end.</summary>
    /// <exception cref="ModelViolationException">An answer broke an invariant.</exception>
    public void Run(int checks)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_world.Turns);
        try
        {
            for (var i = 0; i < 30; i++)
            {
                _world.Model.Append(_world.AnyNumber());
            }

            for (var i = 0; i < SimWorld.NodeCount; i++)
            {
                StartNode(i);
            }

            for (var steps = 0; Judge.Ended < checks; steps++)
            {
                Assert.True(steps < MostStepsForACheck * checks, "The checks do not come to an end.");
                Step();
                Judge.ThrowIfViolated();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public void Dispose()
    {
        _counting.Dispose();
        _metrics.Dispose();
    }

    /// <summary>What comes next. Turns are taken faster than they are asked for: otherwise every node would only lag more and more.</summary>
    private void Step()
    {
        var node = _world.Nodes[Chance.Next(SimWorld.NodeCount)];
        switch (Chance.Next(1_000))
        {
            case < 200:
                BeginCheck(node);
                break;
            case < 225:
                _ = node.PollAsync();
                break;
            case < 233:
                _disturber.Append();
                break;
            case < 253:
                _world.TrueTime.Advance(TimeSpan.FromMilliseconds(Chance.Next(30)));
                break;
            case < 275:
                _world.Holds.ReleaseOne();
                break;
            case < 279:
                _ = node.SettleAsync();
                break;
            case < 281:
                _ = PreloadAsync(node);
                break;
            case < 297:
                _disturber.Disturb();
                break;
            default:
                _world.Turns.RunOne();
                break;
        }
    }

    /// <summary>A new process in a node's place; what the old one began goes on and is looked at by nobody.</summary>
    private void StartNode(int index)
    {
        var registry = _mutation switch
        {
            Mutation.ReadAtOverstated => new OverstatingRegistry(_world),
            Mutation.ReadAtOverstatedByPages => new OverstatingPages(_world),
            Mutation.AnnulmentsLeftOutOfReads => new ForgivingRegistry(_world),
            Mutation.AnnulmentsLeftOutOfTheFeed => new SilentRegistry(_world),
            _ => new SimRegistry(_world),
        };
        var clock = new SimClock(_world.TrueTime, OvertakeAtTimes);
        SimNode? node = null;
        node = new SimNode(registry, _world.Redis, clock, _metrics, _mutation, () => CheckAtOnce(node!));
        _world.Nodes[index] = node;
        _ = node.PollAsync();
    }

    private async Task PreloadAsync(SimNode node)
    {
        if (await node.PreloadAsync() > 0)
        {
            _world.Disturbances.Count(Disturbance.MemoryPreloaded);
        }
    }

    private void BeginCheck(SimNode node)
    {
        if (node.ChecksUnderWay < 8)
        {
            _ = CheckAsync(node);
        }
    }

    private async Task CheckAsync(SimNode node)
    {
        node.ChecksUnderWay++;
        var repeat = Chance.Next(20) == 0 ? Judge.Repeat(Chance) : null;
        await Judge.RunAsync(repeat ?? RandomCheck.Next(Chance, SimWorld.Numbers, _world.Model.Counter), node.Lookup);
        node.ChecksUnderWay--;
    }

    private void CheckAtOnce(SimNode node)
    {
        for (var i = 0; i < 8; i++)
        {
            _ = CheckAsync(node);
        }
    }

    /// <summary>As if the thread were stopped between two instructions and others ran on.</summary>
    private void OvertakeAtTimes()
    {
        if (_between || Chance.Next(20) != 0)
        {
            return;
        }

        _between = true;
        for (var turns = Chance.Next(40); turns > 0; turns--)
        {
            _world.Turns.RunOne();
        }

        _between = false;
    }
}
