using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Audit.Writing;
using Verification.Server.Errors;

namespace Verification.Server.Auditing;

/// <summary>Unhealthy while the audit log takes no records, as then nothing is answered. Logs what changes.</summary>
internal sealed class AuditHealthCheck(AuditLog log, ILogger<AuditHealthCheck> logger) : IHealthCheck
{
    private int _wasInTrouble;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var trouble = log.Trouble;
        var wasInTrouble = Interlocked.Exchange(ref _wasInTrouble, trouble is null ? 0 : 1) == 1;
        if (trouble is not null && !wasInTrouble)
        {
            Log.TakesNone(logger, trouble.Message);
        }
        else if (trouble is null && wasInTrouble)
        {
            Log.TakesSomeAgain(logger);
        }

        return Task.FromResult(trouble is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(ErrorReasons.AuditUnavailable));
    }
}
