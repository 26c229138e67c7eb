namespace Verification.Audit.Format;

/// <summary>What repeats within a block, each once: entries by their bytes, numbered from 0 in the order of their coming.</summary>
internal sealed class BlockDictionary
{
    // An open table of entry numbers and, to spare comparing, their hashes; never more than half full.
    private (uint Hash, int Entry)[] _slots = new (uint, int)[256];
    private byte[] _bytes = new byte[4096];
    private int[] _ends = new int[64];

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of an entry, which is added where it is new. Allocates only to grow.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Add(ReadOnlySpan<byte> entry, out int number)
    {
        var hash = Crc32C.Of(entry);
        var slot = (int)hash & (_slots.Length - 1);
        for (; _slots[slot].Entry > 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_slots[slot].Hash == hash && Bytes(_slots[slot].Entry - 1).SequenceEqual(entry))
            {
                number = _slots[slot].Entry - 1;
                return false;
            }
        }

        number = Count;
        Keep(entry);
        _slots[slot] = (hash, Count);
        if (Count * 2 > _slots.Length)
        {
            Spread();
        }

        return true;
    }

    /// <summary>Forgets everything: another block begins.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    private ReadOnlySpan<byte> Bytes(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.AsSpan(start, _ends[number] - start);
    }

    private void Keep(ReadOnlySpan<byte> entry)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + entry.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + entry.Length));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }

        entry.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = start + entry.Length;
    }

    private void Spread()
    {
        var old = _slots;
        _slots = new (uint, int)[old.Length * 2];
        foreach (var taken in old)
        {
            if (taken.Entry > 0)
            {
                var slot = (int)taken.Hash & (_slots.Length - 1);
                for (; _slots[slot].Entry > 0; slot = (slot + 1) & (_slots.Length - 1))
                {
                }

                _slots[slot] = taken;
            }
        }
    }
}
