using System.Collections.Concurrent;
using Verification.Caching.Coherence;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>
/// One load per number at a time, however many wait for it. A load has its own deadline: that a caller gives up ends nothing for
/// the others. Loads of two epochs are two loads.
/// </summary>
internal sealed class LoadFlights(TimeSpan deadline, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(RegistryEpoch Epoch, PermitNumber Number), TaskCompletionSource<LoadedPermit>> _flights = new();

    /// <summary>How many loads are under way.</summary>
    public int Count => _flights.Count;

    /// <summary>Joins the load of a number, and begins it when there is none.</summary>
    /// <param name="epoch">The epoch that it is loaded for.</param>
    /// <param name="number">The number.</param>
    /// <param name="load">Runs when there is none. It is told when the deadline has passed.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the load.</param>
    /// <exception cref="RegistryUnavailableException">The load failed or took too long.</exception>
    public Task<LoadedPermit> JoinAsync(
        RegistryEpoch epoch, PermitNumber number, Func<CancellationToken, Task<LoadedPermit>> load, CancellationToken cancellationToken)
    {
        var key = (epoch, number);
        if (!_flights.TryGetValue(key, out var flight))
        {
            var mine = new TaskCompletionSource<LoadedPermit>(TaskCreationOptions.RunContinuationsAsynchronously);
            flight = _flights.GetOrAdd(key, mine);
            if (flight == mine)
            {
                _ = FlyAsync(key, mine, load);
            }
        }

        return flight.Task.WaitAsync(cancellationToken);
    }

    private async Task FlyAsync(
        (RegistryEpoch Epoch, PermitNumber Number) key,
        TaskCompletionSource<LoadedPermit> flight,
        Func<CancellationToken, Task<LoadedPermit>> load)
    {
        try
        {
            var loaded = await RegistryDeadline.RunAsync(load, deadline, clock, CancellationToken.None);
            Land(key, flight);
            flight.SetResult(loaded);
        }
        catch (Exception exception)
        {
            Land(key, flight);
            flight.SetException(exception);
            _ = flight.Task.Exception; // It is seen, also where every caller gave up.
        }
    }

    /// <summary>Before the result is given: whoever comes after it begins a new load.</summary>
    private void Land((RegistryEpoch Epoch, PermitNumber Number) key, TaskCompletionSource<LoadedPermit> flight) =>
        _flights.TryRemove(new(key, flight));
}
