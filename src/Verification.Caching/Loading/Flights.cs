using System.Collections.Concurrent;
using Verification.Caching.Coherence;
using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>
/// Work under way, by what it is about: one at a time about a thing, however many wait for it. Each has a deadline of its own: that a
/// caller gives up ends nothing for the others. Work that nobody waits for is told so.
/// </summary>
internal sealed class Flights<TKey, TResult>(TimeSpan deadline, TimeProvider clock)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Flight<TResult>> _flights = new();

    /// <summary>How many things are worked on.</summary>
    public int Count => _flights.Count;

    /// <summary>Joins what is under way about some things, and begins one piece of work about the others.</summary>
    /// <param name="keys">The things, each once.</param>
    /// <param name="begin">Works on what nobody else works on. It is told when nobody waits any more.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>What became of the work, and of each the things it was joined for.</returns>
    public async Task<IReadOnlyList<Landing<TKey, TResult>>> JoinAsync(
        IReadOnlyCollection<TKey> keys, Func<IReadOnlyList<TKey>, CancellationToken, Task<TResult>> begin, CancellationToken cancellationToken)
    {
        var landings = new List<Landing<TKey, TResult>>();
        while (keys.Count > 0)
        {
            var boarded = Board(keys, begin);
            var unwanted = new List<TKey>();
            try
            {
                foreach (var (flight, about) in boarded)
                {
                    try
                    {
                        landings.Add(new(about, await flight.WaitAsync(cancellationToken), null));
                    }
                    catch (RegistryUnavailableException failure)
                    {
                        landings.Add(new(about, default, failure));
                    }
                    catch (OperationCanceledException) when (flight.Unwanted.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                    {
                        // All others had given up on it before this caller came.
                        unwanted.AddRange(about);
                    }
                }
            }
            finally
            {
                foreach (var flight in boarded.Keys)
                {
                    flight.Leave();
                }
            }

            keys = unwanted;
        }

        return landings;
    }

    private Dictionary<Flight<TResult>, List<TKey>> Board(
        IReadOnlyCollection<TKey> keys, Func<IReadOnlyList<TKey>, CancellationToken, Task<TResult>> begin)
    {
        var boarded = new Dictionary<Flight<TResult>, List<TKey>>();
        var mine = new Flight<TResult>();
        foreach (var key in keys)
        {
            var flight = _flights.GetOrAdd(key, mine);
            if (!boarded.TryGetValue(flight, out var about))
            {
                flight.Board();
                boarded[flight] = about = [];
            }

            about.Add(key);
        }

        if (boarded.TryGetValue(mine, out var left))
        {
            _ = FlyAsync(mine, left, begin);
        }

        return boarded;
    }

    private async Task FlyAsync(
        Flight<TResult> flight, IReadOnlyList<TKey> keys, Func<IReadOnlyList<TKey>, CancellationToken, Task<TResult>> begin)
    {
        try
        {
            var result = await RegistryDeadline.RunAsync(_ => begin(keys, flight.Unwanted), deadline, clock, CancellationToken.None);
            TakeOff(flight, keys);
            flight.Land(result);
        }
        catch (Exception exception)
        {
            TakeOff(flight, keys);
            flight.Fail(exception);
        }
    }

    /// <summary>Before the result is given: whoever comes after it begins anew.</summary>
    private void TakeOff(Flight<TResult> flight, IReadOnlyList<TKey> keys)
    {
        foreach (var key in keys)
        {
            _flights.TryRemove(new(key, flight));
        }
    }
}
