using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Core.Lookup;

namespace Verification.Server.Hosting;

/// <summary>Unhealthy while the registry cannot be read.</summary>
internal sealed class RegistryHealthCheck(IPermitRegistry registry) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await registry.ReadHeadAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RegistryUnavailableException)
        {
            // The cause is logged where calls fail for it; a probe every few seconds need not repeat it.
            return HealthCheckResult.Unhealthy("The registry cannot be read.");
        }
    }
}
