using System.Diagnostics.Metrics;
using Verification.Audit.Copying;
using Verification.Audit.Writing;

namespace Verification.Server.Auditing;

/// <summary>Counts of the audit log.</summary>
internal sealed class AuditMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Verification.Audit";

    private long _records;

    /// <summary>Nothing counted.</summary>
    /// <param name="log">The log.</param>
    /// <param name="copier">What copies it.</param>
    /// <param name="clock">The clock.</param>
    public AuditMetrics(AuditLog log, AuditCopier copier, TimeProvider clock)
    {
        Meter.CreateObservableCounter(
            "verification.audit.records", () => Interlocked.Read(ref _records), "{record}", "Records that the audit log took.");
        Meter.CreateObservableGauge("verification.audit.unflushed_bytes", () => log.UnflushedBytes, "By", "What waits for the disk.");
        Meter.CreateObservableGauge(
            "verification.audit.available", () => log.Trouble is null ? 1 : 0, "{state}", "Whether the audit log takes records: 1, or 0.");
        Meter.CreateObservableGauge(
            "verification.audit.copy_behind_bytes", () => copier.Status.BytesBehind, "By", "What is not in the audit database yet.");
        Meter.CreateObservableGauge(
            "verification.audit.copy_behind_seconds",
            () => copier.Status.OldestNotCopied is { } oldest ? Math.Max(0, (clock.GetUtcNow() - oldest).TotalSeconds) : 0,
            "s",
            "How long the oldest of it waits.");
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(MeterName);

    /// <summary>Counts a record.</summary>
    public void Recorded() => Interlocked.Increment(ref _records);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
