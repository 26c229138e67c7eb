using System.Buffers.Binary;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>
/// How often each fingerprint was seen, at most 24 bytes for each of them: slots of 16 bytes, between 68 % and 85 % of them in use.
/// </summary>
/// <remarks>
/// The slots lie in 256 arrays, each a table with open addressing of its own: one that is full grows by a quarter, while the others
/// stay, so that growing never holds more than a small part twice.
/// </remarks>
internal sealed class FingerprintTable
{
    private const int Parts = 256;
    private const int FirstSlots = 16;

    private readonly Slot[][] _slots = new Slot[Parts][];
    private readonly int[] _used = new int[Parts];

    public FingerprintTable() => Array.Fill(_slots, []);

    /// <summary>The bytes that the slots take.</summary>
    public long Bytes => _slots.Sum(part => (long)part.Length * 16);

    /// <summary>Counts a fingerprint: the first 104 bits of evenly spread bytes.</summary>
    /// <returns>How often it was seen, this time included.</returns>
    public int Increment(ReadOnlySpan<byte> fingerprint)
    {
        var part = fingerprint[0];
        var (high, low) = (BinaryPrimitives.ReadUInt64LittleEndian(fingerprint[1..]), BinaryPrimitives.ReadUInt32LittleEndian(fingerprint[9..]));
        if (_used[part] * 20L >= _slots[part].Length * 17L)
        {
            Grow(part);
        }

        ref var slot = ref Find(_slots[part], high, low);
        if (slot.Count == 0)
        {
            (slot.High, slot.Low) = (high, low);
            _used[part]++;
        }

        return slot.Count = checked(slot.Count + 1);
    }

    /// <summary>The slot of a fingerprint, or the free one where it belongs.</summary>
    private static ref Slot Find(Slot[] slots, ulong high, uint low)
    {
        var index = (int)Math.BigMul(high, (ulong)slots.Length, out _);
        while (slots[index].Count != 0 && (slots[index].High != high || slots[index].Low != low))
        {
            index = index + 1 == slots.Length ? 0 : index + 1;
        }

        return ref slots[index];
    }

    private void Grow(int part)
    {
        var old = _slots[part];
        var grown = new Slot[Math.Max(FirstSlots, old.Length + (old.Length / 4))];
        foreach (var slot in old)
        {
            if (slot.Count != 0)
            {
                Find(grown, slot.High, slot.Low) = slot;
            }
        }

        _slots[part] = grown;
    }

    private struct Slot
    {
        public ulong High;
        public uint Low;

        /// <summary>0 where the slot is free.</summary>
        public int Count;
    }
}
