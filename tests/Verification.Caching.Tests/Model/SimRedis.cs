using Verification.Caching.Redis;

namespace Verification.Caching.Tests.Model;

/// <summary>A Redis to which all happens that may: late and lost writes, old dumps, values under others' keys, broken ones.</summary>
internal sealed class SimRedis(Turns turns, Random chance) : IByteCache
{
    private Dictionary<string, byte[]> _values = [];
    private Dictionary<string, byte[]> _dump = [];

    public async ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        await turns.PassAsync();
        var values = chance.Next(100) == 0 ? new byte[]?[keys.Count] : keys.Select(key => _values.GetValueOrDefault(key)).ToArray();
        await turns.PassAsync();
        return values;
    }

    public void Set(string key, byte[] value) => _ = SetAsync(key, value);

    /// <summary>One mishap.</summary>
    public void Suffer()
    {
        switch (chance.Next(6))
        {
            case 0 when chance.Next(4) == 0:
                _values = [];
                break;
            case 1:
                _dump = new Dictionary<string, byte[]>(_values);
                break;
            case 2:
                _values = new Dictionary<string, byte[]>(_dump);
                break;
            case 3 when _values.Count > 0:
                var broken = (byte[])AnyValue().Clone();
                broken[chance.Next(broken.Length)] ^= (byte)(1 << chance.Next(8));
                _values[AnyKey()] = broken;
                break;
            case 4 when _values.Count > 0:
                _values[AnyKey()] = AnyValue();
                break;
            case 5 when _values.Count > 0:
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

    private async Task SetAsync(string key, byte[] value)
    {
        await turns.PassAsync();
        if (chance.Next(20) != 0)
        {
            _values[key] = value;
        }
    }

    private string AnyKey() => _values.Keys.ElementAt(chance.Next(_values.Count));

    private byte[] AnyValue() => _values.Values.ElementAt(chance.Next(_values.Count));

    private static string RegistryOf(string key) => key.Split(':')[1];
}
