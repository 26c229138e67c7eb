using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Caching.Coherence;

namespace Verification.Server.Hosting;

/// <summary>Unhealthy while this node cannot answer, with its reasons. It says what the feed knows and asks nobody.</summary>
/// <remarks>Logs what changes: the framework's own lines, one for each probe, are switched off in the settings.</remarks>
internal sealed class RegistryHealthCheck(LookupReadiness readiness, ILogger<RegistryHealthCheck> logger) : IHealthCheck
{
    /// <summary>What was logged last. No reasons: a node that starts well has nothing to tell.</summary>
    private string _told = string.Empty;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = string.Join(", ", readiness.Check().Select(LookupReadiness.CodeOf));
        if (Interlocked.Exchange(ref _told, reasons) != reasons)
        {
            Tell(reasons);
        }

        return Task.FromResult(reasons.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(reasons));
    }

    private void Tell(string reasons)
    {
        if (reasons.Length == 0)
        {
            Log.Ready(logger);
        }
        else
        {
            Log.NotReady(logger, reasons);
        }
    }
}
