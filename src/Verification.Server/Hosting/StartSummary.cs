using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Verification.Server.Access.Consumers;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting;

/// <summary>Says in one line, when the node listens, what it is: its version, registry, tiers, consumers and listeners. No secret is in it.</summary>
internal sealed class StartSummary(
    NodeDescription node, ConsumerDirectory consumers, IServer server, TelemetryOptions telemetry, ILogger<StartSummary> logger)
    : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var listeners = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Log.ServiceStarted(
            logger,
            TelemetryHosting.Version,
            $"{node.Store}, {node.RegistryId}",
            node.Tiers,
            consumers.Current.Consumers.Length,
            string.Join(", ", listeners),
            telemetry.PrometheusUrl is null && telemetry.OtlpEndpoint is null ? "none"
                : string.Join(", ", ((string?[])[telemetry.PrometheusUrl, telemetry.OtlpEndpoint]).OfType<string>()));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
