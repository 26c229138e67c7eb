using Verification.Caching.Memory;
using Verification.Core.Permits;

namespace Verification.Caching.Coherence;

/// <summary>
/// What a node holds of one life of the registry. When the registry goes back, a whole new epoch takes its place: a load that began
/// in the old one can then fill only what nobody reads any more.
/// </summary>
/// <param name="registryId">The registry.</param>
/// <param name="cacheId">
/// Names the epoch in Redis, in keys and under the MAC. It is the registry's id, unless this node saw the registry go back under
/// the same id: then it is a new one, as what Redis holds under the old may come from the life that was lost.
/// </param>
/// <param name="startRevision">Where this node began to follow it.</param>
/// <param name="stamps">Raised by the feed.</param>
/// <param name="memory">Empty.</param>
internal sealed class RegistryEpoch(
    Guid registryId, Guid cacheId, long startRevision, BucketStamps stamps, MemoryTier memory)
{
    /// <summary>
    /// How many numbers are brought near at once: a processor waits for about a dozen places in memory at the same time, and what was
    /// brought near must still be so when it is read.
    /// </summary>
    public const int MostBroughtNear = 16;

    public Guid RegistryId { get; } = registryId;

    public Guid CacheId { get; } = cacheId;

    public long StartRevision { get; } = startRevision;

    public BucketStamps Stamps { get; } = stamps;

    public MemoryTier Memory { get; } = memory;

    /// <summary>What memory may still say of a number, or null.</summary>
    public CompiledPermit? Recall(PermitNumber number) =>
        Memory.Find(number) is { } known && known.ReadAt >= Stamps[number] ? known : null;

    /// <summary>Brings near what <see cref="Recall"/> reads of some numbers, at most <see cref="MostBroughtNear"/>.</summary>
    public void BringNear(ReadOnlySpan<PermitNumber> numbers)
    {
        Stamps.Touch(numbers);
        Memory.Touch(numbers);
    }
}
