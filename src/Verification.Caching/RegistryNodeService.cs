using Microsoft.Extensions.Hosting;

namespace Verification.Caching;

/// <summary>Runs the node with the host.</summary>
internal sealed class RegistryNodeService(RegistryNode node) : BackgroundService
{
    // Off the host's start: a store may answer on the calling thread.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => node.RunAsync(stoppingToken), stoppingToken);
}
