using Verification.Caching.Coherence;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Loading;

/// <summary>Loads that are exact under a position (see <see cref="FeedPosition"/>).</summary>
internal sealed class ExactLoads(IPermitLoads loads)
{
    // A load joined under way may be older than the position; the next one began after it. A third is for a registry that lags.
    private const int Attempts = 3;

    /// <summary>Loads one number.</summary>
    /// <exception cref="RegistryUnavailableException">The registry could not tell.</exception>
    public async Task<LoadedPermit> LoadAsync(
        FeedPosition position, PermitNumber number, Rulebook rulebook, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(position, [number], rulebook, long.MaxValue, cancellationToken);
        return loaded.Found.TryGetValue(number, out var permit) ? permit : throw loaded.Failure!;
    }

    /// <summary>Loads what it can of many numbers.</summary>
    /// <param name="position">The position.</param>
    /// <param name="numbers">The numbers, each once.</param>
    /// <param name="rulebook">The rulebook that is asked about.</param>
    /// <param name="revision">The revision that is asked about: what is found tells both (see <see cref="LoadedPermit.Tells"/>).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LoadedPermits> LoadAsync(
        FeedPosition position,
        IReadOnlyCollection<PermitNumber> numbers,
        Rulebook rulebook,
        long revision,
        CancellationToken cancellationToken)
    {
        var exact = new Dictionary<PermitNumber, LoadedPermit>(numbers.Count);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var loaded = await loads.LoadAsync(position.Epoch, numbers, rulebook, revision, cancellationToken);
            foreach (var (number, permit) in loaded.Found)
            {
                if (IsExact(position, number, permit.Compiled.ReadAt) && permit.Tells(rulebook, revision))
                {
                    exact[number] = permit;
                }
            }

            numbers = [.. numbers.Where(number => !exact.ContainsKey(number))];
            if (numbers.Count == 0 || loaded.Failure is not null)
            {
                return new LoadedPermits(exact, numbers.Count == 0 ? null : loaded.Failure);
            }
        }

        return new LoadedPermits(
            exact, new RegistryUnavailableException($"The registry answered from before revision {position.Revision}."));
    }

    private static bool IsExact(FeedPosition position, PermitNumber number, long readAt) =>
        readAt >= position.Revision || readAt >= position.Epoch.Stamps[number];
}
