using Microsoft.Extensions.Hosting;

namespace Verification.Caching;

/// <summary>Runs the node with the host.</summary>
internal sealed class RegistryNodeService(RegistryNode node) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Off the host's start: a store may answer on the calling thread.
            await Task.Run(() => node.RunAsync(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped. Where its start failed the host would take it for a fault, and log it before what it failed with.
            return;
        }
    }
}
