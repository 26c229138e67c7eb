using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace Verification.Client;

/// <summary>Calls go in turn to the nodes that are connected and do not say that they cannot answer; where all say so, to all.</summary>
internal sealed class ServingRoundRobin(IChannelControlHelper controller, ILoggerFactory loggers, NodeHealth health)
    : SubchannelsLoadBalancer(controller, loggers)
{
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new Picker(readySubchannels, health);

    private sealed class Picker(IReadOnlyList<Subchannel> nodes, NodeHealth health) : SubchannelPicker
    {
        private readonly string[] _names = [.. nodes.Select(NodeHealth.NameOf)];
        private int _next = Random.Shared.Next(nodes.Count);

        public override PickResult Pick(PickContext context)
        {
            if (context.Request?.Headers.TryGetValues(NodeHealth.NodeHeader, out var wanted) == true)
                return Named(wanted.First());
            foreach (var name in _names)
                health.Watch(name);
            var first = (uint)Interlocked.Increment(ref _next);
            for (var step = 0u; step < nodes.Count; step++)
            {
                var place = (int)((first + step) % (uint)nodes.Count);
                if (health.IsServing(_names[place]))
                    return PickResult.ForSubchannel(nodes[place]);
            }
            return PickResult.ForSubchannel(nodes[(int)(first % (uint)nodes.Count)]);
        }

        private PickResult Named(string node) => Array.IndexOf(_names, node) is >= 0 and var place
            ? PickResult.ForSubchannel(nodes[place])
            : PickResult.ForFailure(new(Grpc.Core.StatusCode.Unavailable, "The node is not connected."));
    }

    /// <summary>Makes it where the channel's configuration names it.</summary>
    internal sealed class Factory(NodeHealth health) : LoadBalancerFactory
    {
        public const string PolicyName = "serving_round_robin";

        public override string Name => PolicyName;

        public override LoadBalancer Create(LoadBalancerOptions options) => new ServingRoundRobin(options.Controller, options.LoggerFactory, health);
    }
}
