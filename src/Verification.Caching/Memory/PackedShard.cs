using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Verification.Caching.Memory;

/// <summary>
/// A part of the entries of a <see cref="PackedTable"/>: their bytes one behind the other in chunks, and slots that say where. Readers take no
/// lock. Writers take turns.
/// </summary>
/// <remarks>
/// <para>
/// What a reader finds is whole. An entry's bytes are written before its number, its number before its slot, and none of them again, but
/// for the revision at which it was read, which is one word. A slot that names a chunk which is gone by then is found out by the chunk's
/// place, so that no slot ever leads into another's bytes. A reader that is overtaken misses what it looks for; that costs a load.
/// </para>
/// <para>
/// Room is made by chunks. Where an eighth of one is of entries that were replaced, it is copied without them. Otherwise the oldest goes,
/// and of its entries those stay that were asked for since they came to lie there: a second chance, as with CLOCK. So a walk through
/// numbers that nobody asks for again pushes out what nobody asks for.
/// </para>
/// </remarks>
/// <param name="limit">The most bytes, slots included.</param>
/// <param name="lists">The lists of rulebooks.</param>
internal sealed class PackedShard(long limit, RulebookLists lists)
{
    /// <summary>The fewest bytes of a chunk.</summary>
    public const int SmallestChunk = 512;

    // How many chunks in a row give a second chance: so no writer waits for all of them.
    private const int SecondChances = 4;

    // Less than a line of memory: the third byte is behind most of an entry's end, and near it.
    private const int PeekedEvery = 48;

    private readonly int _chunkSize = ChunkSizeFor(limit);
    private readonly ChunkList _chunks = new(ChunkSizeFor(limit));
    private readonly SlotTable _table = new();
    private readonly Lock _lock = new();

    /// <summary>How many entries it holds.</summary>
    public int Count => _table.Count;

    /// <summary>The bytes that it takes.</summary>
    public long Size
    {
        get
        {
            lock (_lock)
            {
                return _chunks.Size + _table.Size;
            }
        }
    }

    /// <summary>Finds the entry of a number.</summary>
    /// <param name="number">The number, packed.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="bytes">Where the entry lies.</param>
    /// <param name="start">The place of its first byte.</param>
    public bool TryFind(UInt128 number, ulong hash, out byte[] bytes, out int start)
    {
        var slots = _table.Slots;
        var index = Slot.HomeOf(hash, slots.Length);
        for (var left = slots.Length; left > 0; left--)
        {
            var slot = new Slot(Volatile.Read(ref slots[index]));
            if (!slot.IsTaken)
            {
                break;
            }

            if (slot.MayBeOf(hash))
            {
                if (_chunks.Open(slot) is not { } chunk)
                {
                    if (Volatile.Read(ref slots[index]) != slot.Word)
                    {
                        // It was moved in this moment: once more.
                        continue;
                    }
                }
                else if (IsOf(number, chunk.AsSpan(slot.Offset)))
                {
                    if (!slot.IsAskedFor)
                    {
                        Interlocked.CompareExchange(ref slots[index], slot.Asked.Word, slot.Word);
                    }

                    (bytes, start) = (chunk, slot.Offset);
                    return true;
                }
            }

            index = index + 1 == slots.Length ? 0 : index + 1;
        }

        (bytes, start) = ([], 0);
        return false;
    }

    /// <summary>The slot with which a search begins, whatever it is.</summary>
    public ulong SlotAtHome(ulong hash)
    {
        var slots = _table.Slots;
        return Volatile.Read(ref slots[Slot.HomeOf(hash, slots.Length)]);
    }

    /// <summary>Some bytes of the entry that is probably a hash's: one of each line of memory that an entry of usual length lies in.</summary>
    public int Peek(ulong hash)
    {
        var slots = _table.Slots;
        var index = Slot.HomeOf(hash, slots.Length);
        for (; index < slots.Length && new Slot(slots[index]) is { IsTaken: true } slot; index++)
        {
            if (slot.MayBeOf(hash) && _chunks.Open(slot) is { } bytes)
            {
                var (offset, last) = (slot.Offset, bytes.Length - 1);
                return bytes[offset] + bytes[Math.Min(offset + PeekedEvery, last)] + bytes[Math.Min(offset + (2 * PeekedEvery), last)];
            }
        }

        return 0;
    }

    /// <summary>Holds an entry, unless what is held of its number was read later, or at the same revision and tells as much.</summary>
    /// <param name="number">Its number, packed.</param>
    /// <param name="hash">The hash of the number.</param>
    /// <param name="entry">Its bytes.</param>
    public void Hold(UInt128 number, ulong hash, ReadOnlySpan<byte> entry)
    {
        if (entry.Length > limit / 4)
        {
            return;
        }

        lock (_lock)
        {
            if (IndexOf(number, hash) is var index and >= 0)
            {
                var held = EntryAt(_table.At(index));
                if (!Replaces(entry, held))
                {
                    return;
                }

                if (CompiledPermit.FactsIn(held).StartsWith(CompiledPermit.FactsIn(entry)))
                {
                    CompiledPermit.RaiseReadAt(held, CompiledPermit.ReadAtIn(entry));
                    return;
                }
            }

            MakeRoom(entry.Length);
            Put(number, hash, entry);
        }
    }

    /// <summary>Forgets a number.</summary>
    /// <param name="number">The number, packed.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="before">Only if it was read before this revision.</param>
    public void Forget(UInt128 number, ulong hash, long before)
    {
        lock (_lock)
        {
            if (IndexOf(number, hash) is var index and >= 0 && CompiledPermit.ReadAtIn(EntryAt(_table.At(index))) < before)
            {
                var slot = _table.At(index);
                _table.Remove(index);
                _chunks.Bury(slot);
            }
        }
    }

    // A chunk in thirty-two: what is not full of it, and what is kept free, is little of the whole.
    private static int ChunkSizeFor(long limit) =>
        (int)Math.Clamp(1L << (int)Math.Log2(Math.Max(1, limit / 32)), SmallestChunk, Slot.MaxChunkSize);

    private static bool IsOf(UInt128 number, ReadOnlySpan<byte> entry) =>
        Volatile.Read(in MemoryMarshal.AsRef<ulong>(entry.Slice(sizeof(ulong), sizeof(ulong)))) == (ulong)(number >> 64)
        && BinaryPrimitives.ReadUInt64LittleEndian(entry) == (ulong)number;

    /// <summary>Whether an entry tells something later than another of its number, or under a rulebook that the other does not tell.</summary>
    private bool Replaces(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> held)
    {
        var (readAt, heldAt) = (CompiledPermit.ReadAtIn(entry), CompiledPermit.ReadAtIn(held));
        return readAt > heldAt
            || (readAt == heldAt && !lists[CompiledPermit.ListIn(held)].Contains(lists[CompiledPermit.ListIn(entry)][0]));
    }

    private int IndexOf(UInt128 number, ulong hash)
    {
        var slots = _table.Slots;
        for (var index = Slot.HomeOf(hash, slots.Length); slots[index] != 0; index = index + 1 == slots.Length ? 0 : index + 1)
        {
            if (_table.At(index) is var slot && slot.MayBeOf(hash) && IsOf(number, EntryAt(slot)))
            {
                return index;
            }
        }

        return -1;
    }

    private Span<byte> EntryAt(Slot slot) => _chunks.Open(slot).AsSpan(slot.Offset);

    private void Put(UInt128 number, ulong hash, ReadOnlySpan<byte> entry)
    {
        var slot = _chunks.Write(entry, hash);
        if (IndexOf(number, hash) is var index and >= 0)
        {
            var replaced = _table.At(index);
            _table.Replace(index, replaced.IsAskedFor ? slot.Asked : slot);
            _chunks.Bury(replaced);
        }
        else
        {
            _table.Add(slot);
        }
    }

    /// <summary>Sees to it that an entry needs no more bytes than there may be.</summary>
    private void MakeRoom(int length)
    {
        for (var chances = SecondChances; !_chunks.HasRoom(length) && IsFull(length) && _chunks.Count > 0;)
        {
            if (_chunks.WithMostDead() is { } chunk)
            {
                Clear(chunk, stays: _ => true);
            }
            else
            {
                var isSpared = chances-- > 0;
                Clear(_chunks.Oldest, stays: slot => isSpared && slot.IsAskedFor);
            }
        }
    }

    /// <summary>Whether there must be no chunk more. One is kept free: for what a chunk that goes leaves behind.</summary>
    private bool IsFull(int length) =>
        _chunks.Size + _chunks.SizeFor(length) + _chunkSize + _table.Size > limit || _chunks.Count > Slot.MaxChunks - 2;

    /// <summary>Lets a chunk go. Entries that stay are copied.</summary>
    private void Clear(Chunk chunk, Func<Slot, bool> stays)
    {
        _chunks.Close(chunk);
        int length;
        for (var offset = 0; offset < chunk.Used; offset += length)
        {
            length = ChunkList.LengthAt(chunk, offset);
            var entry = chunk.Bytes.AsSpan(offset, length);
            var hash = PackedTable.HashOf(BinaryPrimitives.ReadUInt128LittleEndian(entry));
            if (_table.IndexOf(new Slot(hash, chunk, offset)) is var index and >= 0)
            {
                if (stays(_table.At(index)))
                {
                    _table.Replace(index, _chunks.Write(entry, hash));
                }
                else
                {
                    _table.Remove(index);
                }
            }
        }

        // Only now: until then a reader finds here what it did not find elsewhere yet.
        _chunks.Release(chunk);
    }
}
