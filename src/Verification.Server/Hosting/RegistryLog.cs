using System.Globalization;
using Verification.Core.Registry;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting;

/// <summary>Says at the start which registry was opened, so that an operator sees whether it is the right one.</summary>
internal sealed class RegistryLog(RegistryContents opened, ILogger<RegistryLog> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.RegistryOpened(
            logger,
            opened.Place,
            opened.Head.RegistryId,
            opened.Head.Revision,
            opened.Events?.ToString(CultureInfo.InvariantCulture) ?? "damaged, uncounted",
            opened.LastRecordedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "never");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
