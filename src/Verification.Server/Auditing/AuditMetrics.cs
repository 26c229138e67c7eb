using System.Diagnostics.Metrics;
using Verification.Audit.Copying;
using Verification.Audit.Records;
using Verification.Audit.Writing;
using Verification.Server.Errors;

namespace Verification.Server.Auditing;

/// <summary>Counts of the audit log, and of what its records tell: of every answered check.</summary>
internal sealed class AuditMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Verification.Audit";

    // From ten microseconds, which a check costs that memory answers, to the longest that one may wait.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Histogram<double> _duration;
    private readonly TimeProvider _clock;

    /// <summary>Nothing counted.</summary>
    /// <param name="log">The log.</param>
    /// <param name="copier">What copies it.</param>
    /// <param name="counts">What the log counts.</param>
    /// <param name="clock">The clock.</param>
    public AuditMetrics(AuditLog log, AuditCopier copier, CheckCounts counts, TimeProvider clock)
    {
        _clock = clock;
        _duration = Checks.CreateHistogram<double>(
            "verification.check.duration", "s", "From a single check's arrival until its answer was recorded.", advice: Seconds);
        Checks.CreateObservableCounter(
            "verification.checks",
            counts.Observe,
            "{check}",
            "Checks answered, each of a batch or stream its own, by the asker's class, the permit's status and the tier that knew it.");
        Meter.CreateObservableCounter(
            "verification.audit.records", () => log.Records, "{record}", "Records that the audit log took.");
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

    /// <summary>The meter of what the records tell of checks.</summary>
    public Meter Checks { get; } = new(Refusals.MeterName);

    /// <summary>Takes how long a single check took, now that its record was taken.</summary>
    public void Time(in AuditDraft record)
    {
        if (record is { Call: AuditCall.Check, Source: not null, Answer: not null } && _duration.Enabled)
        {
            _duration.Record((_clock.GetUtcNow() - record.Instant).TotalSeconds);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Checks.Dispose();
        Meter.Dispose();
    }
}
