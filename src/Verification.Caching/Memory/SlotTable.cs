namespace Verification.Caching.Memory;

/// <summary>
/// The slots of a shard: open addressing, linear probing, removal by shifting back. One writer at a time; readers take
/// <see cref="Slots"/> at any moment, and what they then miss because it is being moved costs a load and no more.
/// </summary>
internal sealed class SlotTable
{
    private const int Smallest = 16;

    private ulong[] _slots = new ulong[Smallest];
    private int _count;

    /// <summary>The slots as words of <see cref="Slot"/>.</summary>
    public ulong[] Slots => Volatile.Read(ref _slots);

    /// <summary>How many are taken.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The bytes that they take.</summary>
    public long Size => (long)_slots.Length * sizeof(ulong);

    /// <summary>The index of the slot that names the same place; below 0 where there is none.</summary>
    public int IndexOf(Slot sought)
    {
        for (var index = sought.HomeIn(_slots.Length); _slots[index] != 0; index = After(index))
        {
            if (new Slot(_slots[index]).IsAt(sought))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The slot at an index.</summary>
    public Slot At(int index) => new(Volatile.Read(ref _slots[index]));

    /// <summary>Puts a slot in the place of another of the same number.</summary>
    public void Replace(int index, Slot slot) => Volatile.Write(ref _slots[index], slot.Word);

    /// <summary>Adds a slot.</summary>
    public void Add(Slot slot)
    {
        if (_count + 1 > _slots.Length * 17L / 20)
        {
            Grow();
        }

        Insert(_slots, slot);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Removes the slot at an index, and moves those back that stand behind it for want of room.</summary>
    public void Remove(int index)
    {
        var slots = _slots;
        for (var next = After(index); slots[next] != 0; next = After(next))
        {
            var home = new Slot(slots[next]).HomeIn(slots.Length);

            // Whether its home lies behind the gap, on the ring: then it would no longer be found from there.
            if (index <= next ? home <= index || home > next : home <= index && home > next)
            {
                Volatile.Write(ref slots[index], slots[next]);
                index = next;
            }
        }

        Volatile.Write(ref slots[index], 0);
        Volatile.Write(ref _count, _count - 1);
    }

    private static void Insert(ulong[] slots, Slot slot)
    {
        var index = slot.HomeIn(slots.Length);
        while (slots[index] != 0)
        {
            index = index + 1 == slots.Length ? 0 : index + 1;
        }

        Volatile.Write(ref slots[index], slot.Word);
    }

    private void Grow()
    {
        // By a quarter: full, it takes 9.4 bytes an entry, and 11.8 after it has grown.
        var slots = new ulong[_slots.Length + (_slots.Length / 4)];
        foreach (var word in _slots)
        {
            if (word != 0)
            {
                Insert(slots, new Slot(word));
            }
        }

        Volatile.Write(ref _slots, slots);
    }

    private int After(int index) => index + 1 == _slots.Length ? 0 : index + 1;
}
