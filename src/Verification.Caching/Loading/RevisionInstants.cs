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
internal sealed class RevisionInstants(IChangeLog registry, TimeSpan deadline, TimeProvider clock)
{
    private const int Capacity = 1_000;

    private readonly ConcurrentLru<(Guid Epoch, long Revision), DateTimeOffset?> _known = new(Capacity);

    /// <summary>The instant of a revision; the Unix epoch where no event made it: at 0, and where a restore went on from.</summary>
    /// <exception cref="RevisionUnknownException">The registry was restored from a backup, and the revision was lost.</exception>
    /// <exception cref="RegistryUnavailableException">The registry was asked and did not answer.</exception>
    public async ValueTask<DateTimeOffset> OfAsync(FeedPosition position, long revision, CancellationToken cancellationToken)
    {
        var key = (position.Epoch.CacheId, revision);
        if (!_known.TryGet(key, out var instant))
        {
            var changes = await RegistryDeadline.RunAsync(
                token => registry.ReadChangesAsync(revision, 1, token), deadline, clock, cancellationToken);
            instant = changes.StoodAt(revision) ? changes.MarkAtSince?.RecordedAt ?? DateTimeOffset.UnixEpoch : null;
            if (changes.Head.RegistryId == position.Epoch.RegistryId)
            {
                _known.AddOrUpdate(key, instant);
            }
        }

        return instant ?? throw new RevisionUnknownException(revision, position.Revision);
    }
}
