using BitFaster.Caching.Lru;
using Verification.Caching.Coherence;
using Verification.Core.Lookup;
using Verification.Core.Registry;

namespace Verification.Caching.Loading;

/// <summary>
/// For a revision, an instant of the registry's clock such that it reflects every event committed before that instant.
/// </summary>
/// <remarks>
/// It is when the event at the revision was recorded: an event committed before that was committed before this one, so it has a lower
/// revision. It never changes: an answer as known at a revision is repeated with its instant.
/// </remarks>
internal sealed class RevisionInstants(IChangeLog registry, LoadTurns turns, TimeSpan deadline, TimeProvider clock)
{
    private const int Capacity = 1_000;

    private readonly ConcurrentLru<(Guid CacheId, long Revision), DateTimeOffset?> _known = new(Capacity);
    private readonly Flights<(Guid CacheId, long Revision), DateTimeOffset?> _flights = new(deadline, clock);

    /// <summary>The instant of a revision; the Unix epoch where no event made it: at 0, and where a restore went on from.</summary>
    /// <exception cref="RevisionUnknownException">The registry was restored from a backup, and the revision was lost.</exception>
    /// <exception cref="RegistryUnavailableException">The registry was asked and did not answer.</exception>
    public async ValueTask<DateTimeOffset> OfAsync(FeedPosition position, long revision, CancellationToken cancellationToken)
    {
        var key = (position.Epoch.CacheId, revision);
        if (!_known.TryGet(key, out var instant))
        {
            var landings = await _flights.JoinAsync([key], (_, unwanted) => ReadAsync(position.Epoch, revision, unwanted), cancellationToken);
            instant = landings[0].Failure is { } failure ? throw failure : landings[0].Result;
        }

        return instant ?? throw new RevisionUnknownException(revision, position.Revision);
    }

    private async Task<DateTimeOffset?> ReadAsync(RegistryEpoch epoch, long revision, CancellationToken wanted)
    {
        var key = (epoch.CacheId, revision);
        // Another read may have landed since the caller looked.
        if (_known.TryGet(key, out var known))
        {
            return known;
        }

        var changes = await turns.RunAsync(1, token => registry.ReadChangesAsync(revision, 1, token), wanted);
        DateTimeOffset? instant = changes.StoodAt(revision) ? changes.MarkAtSince?.RecordedAt ?? DateTimeOffset.UnixEpoch : null;
        if (changes.Head.RegistryId == epoch.RegistryId)
        {
            _known.AddOrUpdate(key, instant);
        }

        return instant;
    }
}
