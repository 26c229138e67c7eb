using Verification.Caching.Redis;

namespace Verification.Caching.Tests.Model;

/// <summary>A Redis to which all happens that may: pauses, late and lost writes, old dumps, values under others' keys, broken ones.</summary>
internal sealed class SimRedis(Turns turns, Random chance, Tally<Disturbance> tally) : IByteCache
{
    private readonly List<Action> _sentWhilePaused = [];
    private Dictionary<string, byte[]> _values = [];
    private Dictionary<string, byte[]>? _dump;
    private bool _paused;
    private int _starts;

    public async ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys)
    {
        await turns.PassAsync();
        var values = _paused || IsLost() ? new byte[]?[keys.Count] : keys.Select(key => _values.GetValueOrDefault(key)).ToArray();
        await turns.PassAsync();
        return values;
    }

    public void Set(string key, byte[] value) => _ = SetAsync(key, value);

    /// <summary>Keeps a dump of what it holds now.</summary>
    public void Dump() => _dump = new Dictionary<string, byte[]>(_values);

    public void Flush()
    {
        tally.Count(Disturbance.RedisFlushed);
        _values = [];
    }

    public void RestartEmpty()
    {
        tally.Count(Disturbance.RedisRestartedEmpty);
        Restart([]);
    }

    public void RollBack()
    {
        if (_dump is not null)
        {
            tally.Count(Disturbance.RedisRolledBack);
            Restart(_dump);
        }
    }

    public void Pause()
    {
        tally.Count(Disturbance.RedisPaused);
        _paused = true;
    }

    public void GoOn()
    {
        _paused = false;
        _sentWhilePaused.ForEach(write => write());
        _sentWhilePaused.Clear();
    }

    /// <summary>Does to values what only a faulty or malicious one does.</summary>
    public void Lie()
    {
        if (_values.Count == 0)
        {
            return;
        }

        switch (chance.Next(3))
        {
            case 0:
                tally.Count(Disturbance.RedisValueBroken);
                var broken = (byte[])AnyValue().Clone();
                broken[chance.Next(broken.Length)] ^= (byte)(1 << chance.Next(8));
                _values[AnyKey()] = broken;
                break;
            case 1:
                tally.Count(Disturbance.RedisValueCrossed);
                _values[AnyKey()] = AnyValue();
                break;
            default:
                tally.Count(Disturbance.RedisValueCrossed);
                MoveToAnotherRegistry();
                break;
        }
    }

    /// <summary>Copies values under the same numbers of another registry, as a careless migration might.</summary>
    private void MoveToAnotherRegistry()
    {
        var registries = _values.Keys.Select(RegistryOf).Distinct().ToList();
        var target = registries[chance.Next(registries.Count)];
        foreach (var (key, value) in _values.Where(pair => RegistryOf(pair.Key) != target).ToList())
        {
            _values[$"pv1:{target}:{key.Split(':')[2]}"] = value;
        }
    }

    private void Restart(Dictionary<string, byte[]> values)
    {
        _values = new Dictionary<string, byte[]>(values);
        _sentWhilePaused.Clear();
        _paused = false;
        _starts++;
    }

    private async Task SetAsync(string key, byte[] value)
    {
        var start = _starts;
        await turns.PassAsync();
        if (start != _starts || IsLost())
        {
            return;
        }

        if (_paused)
        {
            _sentWhilePaused.Add(() => _values[key] = value);
        }
        else
        {
            _values[key] = value;
        }
    }

    private bool IsLost()
    {
        var lost = chance.Next(40) == 0;
        if (lost)
        {
            tally.Count(Disturbance.RedisCallLost);
        }

        return lost;
    }

    private string AnyKey() => _values.Keys.ElementAt(chance.Next(_values.Count));

    private byte[] AnyValue() => _values.Values.ElementAt(chance.Next(_values.Count));

    private static string RegistryOf(string key) => key.Split(':')[1];
}
