using Verification.Caching.Coherence;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Loading;

/// <summary>One load per number at a time, however many wait for it, singly or in batches. Loads for two epochs are two loads.</summary>
internal sealed class SharedLoads(IPermitLoads loads, TimeSpan deadline, TimeProvider clock) : IPermitLoads
{
    private readonly Flights<(RegistryEpoch Epoch, PermitNumber Number), LoadedPermits> _flights = new(deadline, clock);

    /// <summary>How many numbers are being loaded.</summary>
    public int Count => _flights.Count;

    /// <inheritdoc/>
    public async Task<LoadedPermits> LoadAsync(
        RegistryEpoch epoch, IReadOnlyCollection<PermitNumber> numbers, Rulebook rulebook, long revision, CancellationToken wanted)
    {
        var landings = await _flights.JoinAsync(
            [.. numbers.Select(number => (epoch, number))],
            (mine, unwanted) => loads.LoadAsync(epoch, [.. mine.Select(key => key.Number)], rulebook, revision, unwanted),
            wanted);

        var found = new Dictionary<PermitNumber, LoadedPermit>(numbers.Count);
        RegistryUnavailableException? failure = null;
        foreach (var landing in landings)
        {
            failure ??= landing.Failure;
            foreach (var (_, number) in landing.Result is null ? [] : landing.Keys)
            {
                if (landing.Result!.Found.TryGetValue(number, out var permit))
                {
                    found[number] = permit;
                }
                else
                {
                    failure ??= landing.Result.Failure;
                }
            }
        }

        return new LoadedPermits(found, failure);
    }
}
