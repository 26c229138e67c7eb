using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Verification.Caching.Telemetry;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Coherence;

/// <summary>
/// The permits that were found in damaged parts of the registry and not read since. Each is told once, by a digest: never by its number.
/// </summary>
internal sealed class DamagedPermits
{
    /// <summary>The most that are kept in mind; a registry with more is beyond counting.</summary>
    private const int Capacity = 10_000;

    private const int MostDigests = 10;

    private readonly ConcurrentDictionary<PermitNumber, byte> _numbers = new();
    private readonly Func<PermitNumber, string> _digest;
    private readonly ILogger _logger;

    /// <summary>None yet.</summary>
    /// <param name="digest">Names a permit without giving its number away.</param>
    /// <param name="metrics">Counts them.</param>
    /// <param name="logger">The log.</param>
    public DamagedPermits(Func<PermitNumber, string> digest, CachingMetrics metrics, ILogger logger)
    {
        _digest = digest;
        _logger = logger;
        metrics.ObserveDamage(() => Count);
    }

    /// <summary>How many.</summary>
    public int Count => _numbers.Count;

    /// <summary>Takes note of permits that could not be read.</summary>
    public void Found(IReadOnlyCollection<PermitNumber> numbers)
    {
        var added = numbers.Where(number => _numbers.Count < Capacity && _numbers.TryAdd(number, 0)).ToList();
        if (added.Count > 0)
        {
            Log.PermitsDamaged(_logger, added.Count, Count, string.Join(", ", added.Take(MostDigests).Select(_digest)));
        }
    }

    /// <summary>Takes note of a permit that was read.</summary>
    public void Readable(PermitNumber number)
    {
        if (!_numbers.IsEmpty)
        {
            _numbers.TryRemove(number, out _);
        }
    }

    /// <summary>Forgets all: the registry is another.</summary>
    public void Clear() => _numbers.Clear();

    /// <summary>Does something with one permit, and takes note of what became of it.</summary>
    public async Task<T> WatchAsync<T>(PermitNumber number, Func<Task<T>> work)
    {
        try
        {
            var result = await work();
            Readable(number);
            return result;
        }
        catch (RegistryDamagedException)
        {
            Found([number]);
            throw;
        }
    }
}
