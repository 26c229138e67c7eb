using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Caching.Coherence;

namespace Verification.Server.Hosting;

/// <summary>Unhealthy while the registry is empty: checks are not answered, while it can be recorded in.</summary>
internal sealed class ChecksHealthCheck(LookupReadiness readiness) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(readiness.IsEmpty ? HealthCheckResult.Unhealthy("REGISTRY_EMPTY") : HealthCheckResult.Healthy());
}
