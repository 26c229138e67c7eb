using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Verification.Server.Telemetry;

/// <summary>Takes the spans of calls, which are made only where a call is traced (<see cref="CallTraces"/>), and what lies below one; no other roots.</summary>
internal sealed class CallSampler : Sampler
{
    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(
        samplingParameters.Kind == ActivityKind.Server || samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? SamplingDecision.RecordAndSample
            : SamplingDecision.Drop);
}
