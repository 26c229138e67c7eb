using System.Diagnostics;
using Verification.Core.Lookup;

namespace Verification.Caching.Telemetry;

/// <summary>
/// One question to a tier below memory, as metrics and traces see it: how long it took and for how many numbers. It names none of them.
/// </summary>
internal readonly struct TierCall : IDisposable
{
    private static readonly ActivitySource Traces = new(CachingMetrics.MeterName);

    private readonly CachingMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly LookupSource _tier;
    private readonly long _begun;
    private readonly Activity? _span;

    /// <summary>Begins with the question.</summary>
    public TierCall(CachingMetrics metrics, LookupSource tier, int numbers, TimeProvider clock)
    {
        _metrics = metrics;
        _clock = clock;
        _tier = tier;
        _begun = clock.GetTimestamp();
        _span = Traces.StartActivity(tier == LookupSource.Redis ? "load from redis" : "load from registry", ActivityKind.Client);
        _span?.SetTag("verification.numbers", numbers);
    }

    /// <summary>The tier did not answer.</summary>
    public void Failed() => _span?.SetStatus(ActivityStatusCode.Error);

    /// <summary>Ends with the answer.</summary>
    public void Dispose()
    {
        _span?.Dispose();
        _metrics.Loaded(_tier, _clock.GetElapsedTime(_begun));
    }
}
