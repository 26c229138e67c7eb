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

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _answers;
    private readonly Counter<long> _redisMisses;
    private readonly Counter<long> _redisWritesDropped;

    public CachingMetrics()
    {
        _answers = _meter.CreateCounter<long>("verification.lookups", "{lookup}", "Numbers answered, by the tier that knew.");
        _redisMisses = _meter.CreateCounter<long>("verification.redis.misses", "{value}", "Values that Redis did not give, by reason.");
        _redisWritesDropped = _meter.CreateCounter<long>(
            "verification.redis.writes_dropped", "{value}", "Values not written to Redis, by reason.");
    }

    /// <summary>The meter, by which a test tells one node's counts from another's.</summary>
    public Meter Meter => _meter;

    /// <summary>Shows how many permits could not be read.</summary>
    public void ObserveDamage(Func<int> count) => _meter.CreateObservableGauge(
        "verification.registry.damaged_permits", count, "{permit}", "Permits that lie in damaged parts of the registry.");

    public void Answered(LookupSource source, int count = 1)
    {
        if (count > 0)
        {
            _answers.Add(count, Sources[(int)source - 1]);
        }
    }

    public void Answered(LookupSource source, int count)
    {
        if (count > 0)
        {
            _answers.Add(count, Sources[(int)source - 1]);
        }
    }

    public void RedisMissed(string reason, int count = 1) => _redisMisses.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void RedisWriteDropped(string reason, int count = 1) =>
        _redisWritesDropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
