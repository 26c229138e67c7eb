using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Caching.Coherence;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting;

/// <summary>
/// Unhealthy while this node cannot answer, with its reasons. An empty registry, a memory that is being filled and damage are told, and
/// keep nobody away: the first import must come in, and what is not damaged is answered. It says what is known and asks nobody.
/// </summary>
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

        var remarks = Remarks().ToList();
        var told = string.Join(", ", remarks.Prepend(reasons).Where(text => text.Length > 0));
        return Task.FromResult(
            reasons.Length > 0 ? HealthCheckResult.Unhealthy(told)
            : remarks.Count > 0 ? HealthCheckResult.Degraded(told)
            : HealthCheckResult.Healthy());
    }

    private IEnumerable<string> Remarks()
    {
        if (readiness.IsEmpty)
        {
            yield return "REGISTRY_EMPTY";
        }

        if (readiness.PermitsPreloaded is { } preloaded)
        {
            yield return FormattableString.Invariant($"PRELOADING ({preloaded} permits)");
        }

        if (readiness.DamagedPermits is > 0 and var damaged)
        {
            yield return FormattableString.Invariant($"REGISTRY_DAMAGED ({damaged} permits)");
        }
    }

    private void Tell(string reasons)
    {
        if (reasons.Length == 0)
        {
            Log.NodeReady(logger);
        }
        else
        {
            Log.NodeNotReady(logger, reasons);
        }
    }
}
