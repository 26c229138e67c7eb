using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Verification.Core.Permits;

namespace Verification.Caching.Memory;

/// <summary>
/// Compiled permits by their numbers, in a bounded number of bytes: in few large arrays without references, so that there is nothing for
/// the garbage collector to walk. A look into it takes no lock and allocates nothing. Safe for concurrent use.
/// </summary>
/// <remarks>It is made of shards by the number's hash, so that writers seldom meet, and none of them has much to move at once.</remarks>
internal sealed class PackedTable
{
    private const int MostShards = 16;
    private const long SmallestShard = 1 << 20;

    // Unknown to who makes up numbers, so that nobody makes up many of one hash.
    private static readonly ulong Salt = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private static readonly ulong Pepper = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly PackedShard[] _shards;
    private readonly RulebookLists _lists;

    /// <summary>An empty one.</summary>
    /// <param name="limit">The most bytes.</param>
    /// <param name="lists">The lists of rulebooks.</param>
    public PackedTable(long limit, RulebookLists lists)
    {
        _lists = lists;
        Limit = limit;
        var shards = 1;
        while (shards < MostShards && limit / (2 * shards) >= SmallestShard)
        {
            shards *= 2;
        }

        _shards = [.. Enumerable.Range(0, shards).Select(_ => new PackedShard(limit / shards, lists))];
    }

    /// <summary>The most bytes.</summary>
    public long Limit { get; }

    /// <summary>How many it holds.</summary>
    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>The bytes that it takes.</summary>
    public long Size => _shards.Sum(shard => shard.Size);

    /// <summary>The hash of a packed number.</summary>
    public static ulong HashOf(UInt128 number)
    {
        var high = Math.BigMul((ulong)(number >> 64) ^ Salt, (ulong)number ^ Pepper, out var low);
        return high ^ low;
    }

    /// <summary>What is held of a number, or null.</summary>
    public CompiledPermit? Find(PermitNumber number)
    {
        var packed = number.Packed;
        var hash = HashOf(packed);
        return ShardOf(hash).TryFind(packed, hash, out var bytes, out var start) ? new CompiledPermit(bytes, start, _lists) : null;
    }

    /// <summary>
    /// Reads some bytes of what is held of each of some numbers, so that it is near when it is looked for: the processor waits for the memory of
    /// all of them at the same time, and not of one after the other.
    /// </summary>
    /// <param name="numbers">The numbers, some dozens.</param>
    /// <returns>Nothing that means anything; without it nothing would be read.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Touch(ReadOnlySpan<PermitNumber> numbers)
    {
        Span<ulong> hashes = stackalloc ulong[numbers.Length];
        var read = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            hashes[i] = HashOf(numbers[i].Packed);
            read += (int)ShardOf(hashes[i]).SlotAtHome(hashes[i]);
        }

        foreach (var hash in hashes)
        {
            read += ShardOf(hash).Peek(hash);
        }

        return read;
    }

    /// <summary>Holds what was just compiled, unless what is held of its number was read later, or at the same revision and tells as much.</summary>
    public void Hold(PermitNumber number, CompiledPermit compiled)
    {
        if (_lists.NumberOf(compiled.Rulebooks) is { } list)
        {
            CompiledPermit.SetList(compiled.Fresh, list);
            var packed = number.Packed;
            var hash = HashOf(packed);
            ShardOf(hash).Hold(packed, hash, compiled.Fresh);
        }
    }

    /// <summary>Forgets a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="before">Only if it was read before this revision.</param>
    public void Forget(PermitNumber number, long before = long.MaxValue)
    {
        var packed = number.Packed;
        var hash = HashOf(packed);
        ShardOf(hash).Forget(packed, hash, before);
    }

    private PackedShard ShardOf(ulong hash) => _shards[hash & (ulong)(_shards.Length - 1)];
}
