using BitFaster.Caching.Lru;
using Verification.Core.Lookup;

namespace Verification.Caching.Coherence;

/// <summary>
/// For a revision, an instant of the registry's clock such that it reflects every event committed before that instant.
/// </summary>
/// <remarks>
/// It is when the event at the revision was recorded: an event committed before that was committed before this one, so it has a lower
/// revision. It never changes: an answer as known at a revision is repeated with its instant.
/// </remarks>
internal sealed class RevisionInstants(IPermitRegistry registry, TimeSpan deadline, TimeProvider clock)
{
    private const int Capacity = 1_000;

    private readonly ConcurrentLru<(Guid Registry, long Revision), DateTimeOffset> _known = new(Capacity);

    /// <summary>The instant of a revision; the Unix epoch where the registry has no event at it.</summary>
    /// <exception cref="RegistryUnavailableException">The registry was asked and did not answer.</exception>
    public async ValueTask<DateTimeOffset> OfAsync(Guid registryId, long revision, CancellationToken cancellationToken)
    {
        if (_known.TryGet((registryId, revision), out var instant))
        {
            return instant;
        }

        var changes = await RegistryDeadline.RunAsync(
            token => registry.ReadChangesAsync(revision, 1, token), deadline, clock, cancellationToken);
        instant = changes.MarkAtSince?.RecordedAt ?? DateTimeOffset.UnixEpoch;
        if (changes.Head.RegistryId == registryId)
        {
            _known.AddOrUpdate((registryId, revision), instant);
        }

        return instant;
    }
}
