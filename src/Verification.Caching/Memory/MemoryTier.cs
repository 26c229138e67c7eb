using BitFaster.Caching.Lru;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Memory;

/// <summary>
/// The permits that this node looked up lately, bounded in number. Numbers that the registry does not know have a bound of their own,
/// so that made-up numbers cannot push permits out; and so have the events of permits that were asked about as of a time past.
/// </summary>
/// <remarks>It answers whatever it holds. Whether that may still be said, the stamps decide.</remarks>
internal sealed class MemoryTier(MemoryOptions options)
{
    private readonly ConcurrentLru<PermitNumber, CompiledPermit> _permits = Lru<CompiledPermit>(options.PermitCapacity);
    private readonly ConcurrentLru<PermitNumber, CompiledPermit> _absences = Lru<CompiledPermit>(options.AbsenceCapacity);
    private readonly ConcurrentLru<PermitNumber, PermitHistory> _histories = Lru<PermitHistory>(options.HistoryCapacity);

    /// <summary>How many permits it holds.</summary>
    public int PermitCount => _permits.Count;

    /// <summary>How many unknown numbers it holds.</summary>
    public int AbsenceCount => _absences.Count;

    /// <summary>What is held of a number, or null.</summary>
    public CompiledPermit? Find(PermitNumber number) =>
        _permits.TryGet(number, out var permit) || _absences.TryGet(number, out permit) ? permit : null;

    /// <summary>Holds what was read of a number, unless a later reading is held already.</summary>
    /// <remarks>
    /// Two fills at the same time can still leave the earlier reading: that costs one more load and no more, as the stamps would
    /// refuse it.
    /// </remarks>
    public void Hold(PermitNumber number, CompiledPermit permit)
    {
        var (tier, other) = permit.IsAbsent ? (_absences, _permits) : (_permits, _absences);
        if (!tier.TryGet(number, out var held) || permit.Replaces(held))
        {
            tier.AddOrUpdate(number, permit);
        }

        // What was a permit may have become none, where its issue was annulled, and the other way round.
        if (other.TryGet(number, out held) && permit.ReadAt > held.ReadAt)
        {
            other.TryRemove(number);
        }
    }

    /// <summary>The events that a permit was compiled from, or null where they are not held.</summary>
    public PermitHistory? HistoryOf(PermitNumber number, CompiledPermit permit) =>
        _histories.TryGet(number, out var history) && history.Events[^1].Revision == permit.LastRevision ? history : null;

    /// <summary>Holds the events of a permit.</summary>
    public void Hold(PermitHistory history) => _histories.AddOrUpdate(history.Number, history);

    /// <summary>Forgets a number.</summary>
    public void Forget(PermitNumber number)
    {
        _permits.TryRemove(number);
        _absences.TryRemove(number);
        _histories.TryRemove(number);
    }

    private static ConcurrentLru<PermitNumber, T> Lru<T>(int capacity) =>
        new(Environment.ProcessorCount, capacity, EqualityComparer<PermitNumber>.Default);
}
