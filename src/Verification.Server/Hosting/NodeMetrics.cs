using System.Diagnostics.Metrics;
using Verification.Audit.Writing;
using Verification.Caching.Coherence;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting;

/// <summary>What a node tells of itself as a whole.</summary>
internal sealed class NodeMetrics : IDisposable
{
    private readonly Meter _meter = new(Refusals.MeterName);

    /// <summary>Tells it.</summary>
    public NodeMetrics(
        LookupReadiness readiness, AuditLog audit, ChecksInFlight inFlight, ServerLimits limits, IHostApplicationLifetime lifetime)
    {
        var version = new KeyValuePair<string, object?>("version", TelemetryHosting.Version);
        _meter.CreateObservableGauge(
            "verification.build", () => new Measurement<int>(1, version), "{build}", "1, with the version of the service as a label.");
        _meter.CreateObservableGauge(
            "verification.ready",
            () => !lifetime.ApplicationStopping.IsCancellationRequested && readiness.Check().IsEmpty && audit.Trouble is null ? 1 : 0,
            "{state}",
            "Whether this node answers checks: 1, or 0 where /health/ready says why not.");
        _meter.CreateObservableGauge(
            "verification.registry.empty", () => readiness.IsEmpty ? 1 : 0, "{state}", "Whether nothing was ever recorded: 1, or 0.");
        _meter.CreateObservableGauge(
            "verification.clock.skewed", () => readiness.IsClockSkewed ? 1 : 0, "{state}", "Whether what day it is cannot be told: 1, or 0.");
        _meter.CreateObservableGauge(
            "verification.checks.in_flight", () => limits.ChecksInFlight - inFlight.Room, "{check}", "Checks being looked up.");
        _meter.CreateObservableGauge(
            "verification.checks.in_flight_limit", () => limits.ChecksInFlight, "{check}", "How many may be.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
