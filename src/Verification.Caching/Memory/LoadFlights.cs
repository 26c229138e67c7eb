using System.Collections.Concurrent;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Memory;

/// <summary>
/// One load per number at a time, however many wait for it. A load has its own deadline: that a caller gives up ends nothing for
/// the others.
/// </summary>
internal sealed class LoadFlights(TimeSpan deadline, TimeProvider clock)
{
    private readonly ConcurrentDictionary<PermitNumber, TaskCompletionSource<LoadedPermit>> _flights = new();

    /// <summary>How many loads are under way.</summary>
    public int Count => _flights.Count;

    /// <summary>Joins the load of a number, and begins it when there is none.</summary>
    /// <param name="number">The number.</param>
    /// <param name="load">Runs when there is none. It is told when the deadline has passed.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the load.</param>
    /// <exception cref="RegistryUnavailableException">The load failed or took too long.</exception>
    public Task<LoadedPermit> JoinAsync(
        PermitNumber number, Func<PermitNumber, CancellationToken, Task<LoadedPermit>> load, CancellationToken cancellationToken)
    {
        if (!_flights.TryGetValue(number, out var flight))
        {
            var mine = new TaskCompletionSource<LoadedPermit>(TaskCreationOptions.RunContinuationsAsynchronously);
            flight = _flights.GetOrAdd(number, mine);
            if (flight == mine)
            {
                _ = FlyAsync(number, mine, load);
            }
        }

        return flight.Task.WaitAsync(cancellationToken);
    }

    private async Task FlyAsync(
        PermitNumber number,
        TaskCompletionSource<LoadedPermit> flight,
        Func<PermitNumber, CancellationToken, Task<LoadedPermit>> load)
    {
        try
        {
            var loaded = await Coherence.RegistryDeadline.RunAsync(token => load(number, token), deadline, clock, CancellationToken.None);
            Land(number, flight);
            flight.SetResult(loaded);
        }
        catch (Exception exception)
        {
            Land(number, flight);
            flight.SetException(exception);
            _ = flight.Task.Exception; // It is seen, also where every caller gave up.
        }
    }

    /// <summary>Before the result is given: whoever comes after it begins a new load.</summary>
    private void Land(PermitNumber number, TaskCompletionSource<LoadedPermit> flight) =>
        _flights.TryRemove(new KeyValuePair<PermitNumber, TaskCompletionSource<LoadedPermit>>(number, flight));
}
