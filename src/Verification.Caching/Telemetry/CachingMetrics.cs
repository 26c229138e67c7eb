using System.Diagnostics.Metrics;
using Verification.Core.Lookup;

namespace Verification.Caching.Telemetry;

/// <summary>What the tiers count, under the meter <see cref="MeterName"/>.</summary>
internal sealed class CachingMetrics : IDisposable
{
    public const string MeterName = "Verification.Caching";

    private static readonly KeyValuePair<string, object?>[] Sources =
    [
        .. Enum.GetValues<LookupSource>()
            .Select(source => new KeyValuePair<string, object?>("source", source.ToString().ToLowerInvariant())),
    ];

    // From a tenth of a millisecond, which Redis beside the node takes, to the longest that a load may.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _answers;
    private readonly Counter<long> _redisMisses;
    private readonly Counter<long> _redisWritesDropped;
    private readonly Counter<long> _registryFailures;
    private readonly Histogram<double> _loads;
    private readonly Histogram<double> _lag;

    public CachingMetrics()
    {
        _answers = _meter.CreateCounter<long>("verification.lookups", "{lookup}", "Numbers answered, by the tier that knew.");
        _redisMisses = _meter.CreateCounter<long>("verification.redis.misses", "{value}", "Values that Redis did not give, by reason.");
        _redisWritesDropped = _meter.CreateCounter<long>(
            "verification.redis.writes_dropped", "{value}", "Values not written to Redis, by reason.");
        _registryFailures = _meter.CreateCounter<long>(
            "verification.registry.failures", "{load}", "Loads from the registry that it did not answer, or not in time.");
        _loads = _meter.CreateHistogram<double>(
            "verification.load.duration", "s", "How long a tier below memory took, answer or not.", advice: Seconds);
        _lag = _meter.CreateHistogram<double>(
            "verification.feed.lag", "s", "From the newest event's commit until this node had applied it, by the registry's clock.", advice: Seconds);
    }

    /// <summary>The meter, by which a test tells one node's counts from another's.</summary>
    public Meter Meter => _meter;

    /// <summary>Shows how many permits could not be read.</summary>
    public void ObserveDamage(Func<int> count) => _meter.CreateObservableGauge(
        "verification.registry.damaged_permits", count, "{permit}", "Permits that lie in damaged parts of the registry.");

    /// <summary>Lookups were answered.</summary>
    public void Answered(LookupSource source, int count = 1)
    {
        if (count > 0 && _answers.Enabled)
        {
            _answers.Add(count, Sources[(int)source - 1]);
        }
    }

    /// <summary>Shows how Redis stands.</summary>
    public void ObserveRedis(Func<bool> isConnected, Func<bool> isLeftAlone)
    {
        _meter.CreateObservableGauge(
            "verification.redis.connected", () => isConnected() ? 1 : 0, "{state}", "Whether there is a connection to Redis: 1, or 0.");
        _meter.CreateObservableGauge(
            "verification.redis.circuit_open", () => isLeftAlone() ? 1 : 0, "{state}", "Whether Redis is left alone, by reads or by writes, as these failed: 1, or 0.");
    }

    /// <summary>A tier below memory was asked.</summary>
    public void Loaded(LookupSource tier, TimeSpan took) => _loads.Record(took.TotalSeconds, Sources[(int)tier - 1]);

    public void RegistryFailed() => _registryFailures.Add(1);

    /// <summary>A poll brought changes.</summary>
    public void Applied(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    public void RedisMissed(string reason, int count = 1) => _redisMisses.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void RedisWriteDropped(string reason, int count = 1) =>
        _redisWritesDropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
