using System.Diagnostics.Metrics;
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
    public AuditMetrics(AuditLog log)
    {
        Meter.CreateObservableCounter(
            "verification.audit.records", () => Interlocked.Read(ref _records), "{record}", "Records that the audit log took.");
        Meter.CreateObservableGauge("verification.audit.unflushed_bytes", () => log.UnflushedBytes, "By", "What waits for the disk.");
        Meter.CreateObservableGauge(
            "verification.audit.available", () => log.Trouble is null ? 1 : 0, "{state}", "Whether the audit log takes records: 1, or 0.");
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(MeterName);

    /// <summary>Counts a record.</summary>
    public void Recorded() => Interlocked.Increment(ref _records);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
