namespace Verification.Caching.Tests.Model;

/// <summary>Redis' messages of commits, as nodes hear them: dropped, late, twice, in another order. They say nothing but "poll".</summary>
internal sealed class SimMessages(SimNode[] nodes, Turns turns, Holds holds, Random chance, Tally<Disturbance> tally)
{
    private readonly Dictionary<SimNode, int> _heard = [];
    private int _sent;
    private int _lostBefore;

    /// <summary>Tells all nodes of a commit.</summary>
    public void Announce()
    {
        _sent++;
        foreach (var node in nodes)
        {
            switch (chance.Next(6))
            {
                case 0:
                    tally.Count(Disturbance.MessageDropped);
                    break;
                case 1:
                    _ = DeliverAsync(node, _sent, late: true);
                    break;
                case 2:
                    tally.Count(Disturbance.MessageDuplicated);
                    _ = DeliverAsync(node, _sent, late: false);
                    _ = DeliverAsync(node, _sent, late: chance.Next(2) == 0);
                    break;
                default:
                    _ = DeliverAsync(node, _sent, late: false);
                    break;
            }
        }
    }

    /// <summary>Nothing that is on its way arrives.</summary>
    public void LoseAll() => _lostBefore = _sent;

    private async Task DeliverAsync(SimNode node, int message, bool late)
    {
        await (late ? holds.HoldAsync() : turns.PassAsync());
        if (message <= _lostBefore)
        {
            tally.Count(Disturbance.MessageDropped);
            return;
        }

        if (late)
        {
            tally.Count(Disturbance.MessageDelayed);
        }

        if (message < _heard.GetValueOrDefault(node))
        {
            tally.Count(Disturbance.MessageReordered);
        }

        _heard[node] = Math.Max(message, _heard.GetValueOrDefault(node));
        await node.PollAsync();
    }
}
