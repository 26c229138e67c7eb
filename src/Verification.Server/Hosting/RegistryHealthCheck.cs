using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Caching.Coherence;

namespace Verification.Server.Hosting;

/// <summary>Unhealthy while this node cannot answer, with its reasons. It says what the feed knows and asks nobody.</summary>
internal sealed class RegistryHealthCheck(LookupReadiness readiness) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = readiness.Check();
        return Task.FromResult(reasons.IsEmpty
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join(", ", reasons.Select(LookupReadiness.CodeOf))));
    }
}
