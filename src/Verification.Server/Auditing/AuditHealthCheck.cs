using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Verification.Audit.Copying;
using Verification.Audit.Writing;
using Verification.Server.Errors;
using Verification.Server.Telemetry;

namespace Verification.Server.Auditing;

/// <summary>
/// Unhealthy while the audit log takes no records, as then nothing is answered; logs what changes there. Degraded where the audit database is behind: the
/// record of every answer is on this node's disk all the same.
/// </summary>
internal sealed class AuditHealthCheck(AuditLog log, AuditCopier copier, TimeProvider clock, ILogger<AuditHealthCheck> logger) : IHealthCheck
{
    /// <summary>A copy comes within two seconds, but for a disk or a database that is busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _wasInTrouble;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var trouble = log.Trouble;
        var wasInTrouble = Interlocked.Exchange(ref _wasInTrouble, trouble is null ? 0 : 1) == 1;
        if (trouble is not null && !wasInTrouble)
        {
            Log.AuditLogTakesNone(logger, trouble.Message);
        }
        else if (trouble is null && wasInTrouble)
        {
            Log.AuditLogTakesSomeAgain(logger);
        }

        return Task.FromResult(trouble is null ? OfCopy() : HealthCheckResult.Unhealthy(ErrorReasons.AuditUnavailable));
    }

    private HealthCheckResult OfCopy()
    {
        var copy = copier.Status;
        return copy.Error is null && !(copy.OldestNotCopied < clock.GetUtcNow() - Patience)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Create(
                CultureInfo.InvariantCulture,
                $"{ErrorReasons.AuditBehind} ({copy.BytesBehind} bytes{(copy.OldestNotCopied is { } oldest ? $" since {oldest.UtcDateTime:s}Z" : string.Empty)})"));
    }
}
