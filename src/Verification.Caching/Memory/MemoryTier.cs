using BitFaster.Caching.Lru;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Memory;

/// <summary>
/// The permits that this node looked up lately, bounded in bytes. Numbers that the registry does not know have a bound of their own,
/// so that made-up numbers cannot push permits out; and so have the events of permits that were asked about as of a time past.
/// </summary>
/// <remarks>It answers whatever it holds. Whether that may still be said, the stamps decide.</remarks>
internal sealed class MemoryTier
{
    // Of the limit, the part of numbers that the registry does not know.
    private const int AbsencePart = 10;

    private readonly RulebookLists _lists = new();
    private readonly PackedTable _permits;
    private readonly PackedTable _absences;
    private readonly ConcurrentLru<PermitNumber, PermitHistory> _histories;

    /// <summary>An empty tier.</summary>
    public MemoryTier(MemoryOptions options)
    {
        var absences = Math.Max(options.Limit / AbsencePart, 4 * PackedShard.SmallestChunk);
        _permits = new PackedTable(Math.Max(options.Limit - absences, 4 * PackedShard.SmallestChunk), _lists);
        _absences = new PackedTable(absences, _lists);
        _histories = new(Environment.ProcessorCount, options.HistoryCapacity, EqualityComparer<PermitNumber>.Default);
    }

    /// <summary>How many permits it holds.</summary>
    public int PermitCount => _permits.Count;

    /// <summary>How many unknown numbers it holds.</summary>
    public int AbsenceCount => _absences.Count;

    /// <summary>The bytes that both take.</summary>
    public long Size => _permits.Size + _absences.Size;

    /// <summary>Whether hardly a permit more can be held without another going.</summary>
    public bool IsNearlyFull => _permits.Size > _permits.Limit / 8 * 7;

    /// <summary>What is held of a number, or null.</summary>
    public CompiledPermit? Find(PermitNumber number) => _permits.Find(number) ?? _absences.Find(number);

    /// <summary>Brings near what is held of some dozens of numbers that are looked for next.</summary>
    public void Touch(ReadOnlySpan<PermitNumber> numbers) => _permits.Touch(numbers);

    /// <summary>Holds what was read of a number, unless a later reading is held already.</summary>
    /// <remarks>
    /// Of two fills at the same time, one of a permit and one of an absence, both can be left: that costs one more load and no more, as the
    /// stamps would refuse the earlier.
    /// </remarks>
    public void Hold(PermitNumber number, CompiledPermit permit)
    {
        var (tier, other) = permit.IsAbsent ? (_absences, _permits) : (_permits, _absences);
        if (permit.IsTooLong || (other.Find(number) is { } held && held.ReadAt >= permit.ReadAt))
        {
            return;
        }

        tier.Hold(number, permit);

        // What was a permit may have become none, where its issue was annulled, and the other way round.
        other.Forget(number, before: permit.ReadAt);
    }

    /// <summary>The events that a permit was compiled from, or null where they are not held.</summary>
    public PermitHistory? HistoryOf(PermitNumber number, CompiledPermit permit) =>
        _histories.TryGet(number, out var history) && history.Events[^1].Revision == permit.LastRevision ? history : null;

    /// <summary>Holds the events of a permit.</summary>
    public void Hold(PermitHistory history) => _histories.AddOrUpdate(history.Number, history);

    /// <summary>Forgets a number.</summary>
    public void Forget(PermitNumber number)
    {
        _permits.Forget(number);
        _absences.Forget(number);
        _histories.TryRemove(number);
    }
}
