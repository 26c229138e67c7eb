namespace Verification.Caching.Tests.Model;

/// <summary>Does to a world what a day in production may, and counts it.</summary>
internal sealed class Disturber(SimWorld world, Action<int> restartNode)
{
    /// <summary>Commits an event and tells the nodes.</summary>
    public void Append()
    {
        world.Disturbances.Count(world.Model.Append(world.AnyNumber()));
        world.Messages.Announce();
    }

    /// <summary>One mishap, or a lull.</summary>
    public void Disturb()
    {
        switch (world.Chance.Next(60))
        {
            case < 16:
                world.Disturbances.Count(Disturbance.Eviction);
                world.Nodes[AnyNode()].Forget(world.AnyNumber());
                break;
            case < 44:
                DisturbRedis();
                break;
            case < 52:
                world.Redis.GoOn();
                break;
            case 52:
                DisturbClock();
                break;
            case 53:
                world.TrueTime.Advance(TimeSpan.FromSeconds(world.Chance.NextDouble() * (world.Chance.Next(20) == 0 ? 20 : 2)));
                break;
            case 54:
                world.Disturbances.Count(Disturbance.RegistryRestored);
                world.Model.Restore();
                break;
            case 55:
                world.Disturbances.Count(Disturbance.NodeRestarted);
                restartNode(AnyNode());
                break;
        }
    }

    private void DisturbRedis()
    {
        switch (world.Chance.Next(28))
        {
            case < 12:
                world.Redis.Lie();
                break;
            case < 20:
                world.Redis.Dump();
                break;
            case < 22:
                world.Redis.Flush();
                break;
            case < 26:
                world.Redis.RollBack();
                world.Messages.LoseAll();
                break;
            case 26:
                world.Redis.RestartEmpty();
                world.Messages.LoseAll();
                break;
            default:
                world.Redis.Pause();
                break;
        }
    }

    /// <summary>Even nodes have their wall clock stepped, odd ones sleep: at every time one of a node's clocks tells the truth.</summary>
    private void DisturbClock()
    {
        var index = AnyNode();
        var clock = world.Nodes[index].Clock;
        if (index % 2 == 0)
        {
            var step = TimeSpan.FromSeconds((world.Chance.NextDouble() * 10) - 5);
            world.Disturbances.Count(step > TimeSpan.Zero ? Disturbance.ClockForward : Disturbance.ClockBack);
            clock.WallOffset += step;
            return;
        }

        world.Disturbances.Count(Disturbance.MachineSlept);
        var sleep = TimeSpan.FromSeconds(world.Chance.NextDouble() * 10);
        clock.Slept += sleep;
        world.TrueTime.Advance(sleep);
    }

    private int AnyNode() => world.Chance.Next(SimWorld.NodeCount);
}
