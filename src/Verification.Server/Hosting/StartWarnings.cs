using Verification.Server.Access.Consumers;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting;

/// <summary>Says at the start what an operator may not have meant.</summary>
internal sealed class StartWarnings(ConsumerDirectory directory, ListenerRules listeners, ILogger<StartWarnings> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (directory.Current.Consumers.IsEmpty)
        {
            Log.NoConsumers(logger);
        }

        if (listeners.SawCleartextBeyondLoopback)
        {
            Log.CleartextBeyondLoopback(logger);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
