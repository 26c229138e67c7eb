using Microsoft.Extensions.Time.Testing;
using Verification.Core.Permits;

namespace Verification.Caching.Tests.Model;

/// <summary>
/// Several nodes, one registry, one Redis, on one thread; a seed decides all that happens and in which order, every await being a
/// place where anything else may come in between. Each answer is held against the model.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const int NodeCount = 3;

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly PermitNumber[] Numbers = SomeInOneBucket();

    private readonly Random _chance;
    private readonly Mutation _mutation;
    private readonly FakeTimeProvider _trueTime = new(Start);
    private readonly CachingMetrics _metrics = new();
    private readonly Turns _turns;
    private readonly ModelRegistry _model;
    private readonly SimRedis _redis;
    private readonly SimNode[] _nodes = new SimNode[NodeCount];
    private readonly CheckJudge _judge;
    private bool _between;

    public Simulation(int seed, Mutation mutation)
    {
        _chance = new Random(seed);
        _mutation = mutation;
        _turns = new Turns(_chance);
        _model = new ModelRegistry(_chance, _trueTime);
        _redis = new SimRedis(_turns, _chance);
        _judge = new CheckJudge(_model, _trueTime, seed, mutation);
    }

    /// <summary>Checks that were answered, by where from; and those that were refused, by why.</summary>
    public CheckJudge Judge => _judge;

    /// <summary>Plays until so many checks came to an end.</summary>
    /// <exception cref="ModelViolationException">An answer broke an invariant.</exception>
    public void Run(int checks)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_turns);
        try
        {
            for (var i = 0; i < 30; i++)
            {
                _model.Append(AnyNumber());
            }

            for (var i = 0; i < NodeCount; i++)
            {
                StartNode(i);
            }

            while (_judge.Ended < checks)
            {
                Step();
                _judge.ThrowIfViolated();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public void Dispose() => _metrics.Dispose();

    private static PermitNumber[] SomeInOneBucket()
    {
        var all = Enumerable.Range(0, 3_000).Select(i => PermitNumber.Parse($"BJ2026{i:000000}")).ToList();
        var pairs = all.GroupBy(number => number.Bucket).Where(bucket => bucket.Count() > 1).Take(6).SelectMany(bucket => bucket.Take(2));
        return [.. pairs.Concat(all).Distinct().Take(24)];
    }

    private void Step()
    {
        var node = _nodes[_chance.Next(NodeCount)];
        switch (_chance.Next(1_000))
        {
            case < 200:
                BeginCheck(node);
                break;
            case < 230:
                _ = node.PollAsync();
                break;
            case < 242:
                _model.Append(AnyNumber());
                break;
            case < 262:
                _trueTime.Advance(TimeSpan.FromMilliseconds(_chance.Next(30)));
                break;
            case 262 when _chance.Next(3) == 0:
                _trueTime.Advance(TimeSpan.FromSeconds(_chance.NextDouble() * (_chance.Next(20) == 0 ? 20 : 2)));
                break;
            case < 267:
                node.Forget(AnyNumber());
                break;
            case < 275:
                _redis.Suffer();
                break;
            case 275 when _chance.Next(4) == 0:
                DisturbClock();
                break;
            case < 279:
                _ = node.SettleAsync();
                break;
            case 279 when _chance.Next(3) == 0:
                _model.Restore();
                break;
            case 280 when _chance.Next(3) == 0:
                StartNode(_chance.Next(NodeCount));
                break;
            default:
                _turns.RunOne();
                break;
        }
    }

    /// <summary>A new process in a node's place; what the old one began goes on and is looked at by nobody.</summary>
    private void StartNode(int index)
    {
        SimRegistry registry = _mutation == Mutation.ReadAtOverstated
            ? new OverstatingRegistry(_model, _turns, _chance)
            : new SimRegistry(_model, _turns, _chance);
        var clock = new SimClock(_trueTime, OvertakeAtTimes);
        SimNode? node = null;
        node = new SimNode(registry, _redis, clock, _metrics, _mutation, () => CheckAtOnce(node!));
        _nodes[index] = node;
        _ = node.PollAsync();
    }

    /// <summary>Even nodes have their wall clock stepped, odd ones sleep: at every time one of a node's clocks tells the truth.</summary>
    private void DisturbClock()
    {
        var index = _chance.Next(NodeCount);
        if (index % 2 == 0)
        {
            _nodes[index].Clock.WallOffset += TimeSpan.FromSeconds((_chance.NextDouble() * 10) - 5);
            return;
        }

        var sleep = TimeSpan.FromSeconds(_chance.NextDouble() * 10);
        _nodes[index].Clock.Slept += sleep;
        _trueTime.Advance(sleep);
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
        await _judge.RunAsync(RandomCheck.Next(_chance, Numbers, _model.Counter), node.Lookup);
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
        if (_between || _chance.Next(20) != 0)
        {
            return;
        }

        _between = true;
        for (var turns = _chance.Next(40); turns > 0; turns--)
        {
            _turns.RunOne();
        }

        _between = false;
    }

    private PermitNumber AnyNumber() => Numbers[_chance.Next(Numbers.Length)];
}
