using System.Diagnostics.Metrics;

namespace Verification.TestSupport;

/// <summary>What the counters of one meter have counted, by instrument, and by its first tag where it has one. Of a node, its meter's: others' are not mixed in.</summary>
public sealed class Counts : IDisposable
{
    private readonly Dictionary<string, long> _counts = [];
    private readonly MeterListener _listener = new();

    public Counts(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var key = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
            lock (_counts)
            {
                _counts[key] = _counts.GetValueOrDefault(key) + value;
            }
        });
        _listener.Start();
    }

    /// <summary>Values that Redis did not give, for a reason.</summary>
    public long Misses(string reason) => Of($"verification.redis.misses {reason}");

    /// <summary>Why values were not had from Redis so far, and of each reason how many.</summary>
    public IReadOnlyDictionary<string, long> MissReasons => By("verification.redis.misses");

    /// <summary>Why values were not written to Redis so far, and of each reason how many.</summary>
    public IReadOnlyDictionary<string, long> DroppedWrites => By("verification.redis.writes_dropped");

    public long Of(string key)
    {
        lock (_counts)
        {
            return _counts.GetValueOrDefault(key);
        }
    }

    public void Dispose() => _listener.Dispose();

    private Dictionary<string, long> By(string instrument)
    {
        lock (_counts)
        {
            return _counts.Where(count => count.Key.StartsWith($"{instrument} ", StringComparison.Ordinal))
                .ToDictionary(count => count.Key[(instrument.Length + 1)..], count => count.Value);
        }
    }
}
