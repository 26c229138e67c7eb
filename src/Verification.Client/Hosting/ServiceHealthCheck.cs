using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Verification.Client;

/// <summary>Healthy while the service says that it can answer checks.</summary>
internal sealed class ServiceHealthCheck(PermitVerificationClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await client.IsServingAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : new(context.Registration.FailureStatus, "The permit verification service says that it cannot answer now.");
        }
        catch (PermitVerificationException cause)
        {
            return new(context.Registration.FailureStatus, $"The permit verification service could not be asked: {cause.Message}", cause);
        }
    }
}
