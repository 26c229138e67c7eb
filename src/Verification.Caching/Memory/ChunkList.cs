using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Verification.Caching.Memory;

/// <summary>
/// The chunks of a shard. One writer at a time; a reader may open a slot at any moment, and finds the entry that was written there or
/// nothing.
/// </summary>
/// <param name="chunkSize">The bytes of a chunk.</param>
internal sealed class ChunkList(int chunkSize)
{
    private readonly List<Chunk> _byAge = [];
    private readonly Stack<int> _free = [];
    private Chunk?[] _chunks = [];
    private int[] _generations = [];
    private Chunk? _open;

    /// <summary>How many there are.</summary>
    public int Count => _byAge.Count;

    /// <summary>The bytes that they take.</summary>
    public long Size { get; private set; }

    /// <summary>The oldest; there is one.</summary>
    public Chunk Oldest => _byAge[0];

    /// <summary>The bytes of the chunk that a slot names; null where it is gone.</summary>
    public byte[]? Open(Slot slot)
    {
        var chunks = Volatile.Read(ref _chunks);
        return slot.Index < chunks.Length && Volatile.Read(ref chunks[slot.Index]) is { } chunk && chunk.Place == slot.Place
            ? chunk.Bytes
            : null;
    }

    /// <summary>Whether an entry of so many bytes needs no new chunk.</summary>
    public bool HasRoom(int length) => !IsLong(length) && _open is { } open && open.Bytes.Length - open.Used >= length;

    /// <summary>The bytes of the chunk that such an entry would need.</summary>
    public int SizeFor(int length) => IsLong(length) ? length : Math.Max(chunkSize, length);

    /// <summary>Writes an entry, its number last: until then it is none. If need be into a new chunk.</summary>
    /// <returns>Its slot.</returns>
    public Slot Write(ReadOnlySpan<byte> entry, ulong hash)
    {
        var chunk = IsLong(entry.Length) ? Add(entry.Length)
            : HasRoom(entry.Length) ? _open!
            : _open = Add(SizeFor(entry.Length));
        var slot = new Slot(hash, chunk, chunk.Used);
        var place = chunk.Bytes.AsSpan(chunk.Used, entry.Length);
        entry[CompiledPermit.NumberSize..].CopyTo(place[CompiledPermit.NumberSize..]);
        entry[..sizeof(ulong)].CopyTo(place);
        Volatile.Write(
            ref MemoryMarshal.AsRef<ulong>(place.Slice(sizeof(ulong), sizeof(ulong))),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[sizeof(ulong)..]));
        chunk.Used += entry.Length;
        chunk.Live += entry.Length;
        return slot;
    }

    /// <summary>Says that what a slot names is held no more.</summary>
    public void Bury(Slot slot)
    {
        var chunk = _chunks[slot.Index]!;
        chunk.Live -= LengthAt(chunk, slot.Offset);
    }

    /// <summary>The length of the entry at a place.</summary>
    public static int LengthAt(Chunk chunk, int offset) =>
        CompiledPermit.LengthIn(chunk.Bytes.AsSpan(offset)) is var length and > 0 ? length : chunk.Bytes.Length;

    /// <summary>The closed chunk with the most bytes of entries that are held no more; null where those are less than an eighth of it.</summary>
    public Chunk? WithMostDead()
    {
        var most = _byAge.Where(chunk => chunk != _open).MaxBy(chunk => chunk.Used - chunk.Live);
        return most is not null && most.Used - most.Live >= most.Bytes.Length / 8 ? most : null;
    }

    /// <summary>Takes nothing more into a chunk.</summary>
    public void Close(Chunk chunk) => _open = _open == chunk ? null : _open;

    /// <summary>Lets a closed chunk go.</summary>
    public void Release(Chunk chunk)
    {
        var index = chunk.Place & (Slot.MaxChunks - 1);
        Volatile.Write(ref _chunks[index], null);
        _free.Push(index);
        _byAge.Remove(chunk);
        Size -= chunk.Bytes.Length;
    }

    // One whose length its own bytes cannot tell lies alone.
    private static bool IsLong(int length) => length > CompiledPermit.LongestTold;

    private Chunk Add(int size)
    {
        if (!_free.TryPop(out var index))
        {
            index = _byAge.Count;
            if (index == _chunks.Length)
            {
                var chunks = new Chunk?[Math.Max(4, 2 * index)];
                _chunks.CopyTo(chunks, 0);
                Array.Resize(ref _generations, chunks.Length);
                Volatile.Write(ref _chunks, chunks);
            }
        }

        // From 1: with it no slot is zero.
        _generations[index] = (_generations[index] % (Slot.Generations - 1)) + 1;
        var chunk = new Chunk(Slot.PlaceOf(index, _generations[index]), size);
        Volatile.Write(ref _chunks[index], chunk);
        _byAge.Add(chunk);
        Size += size;
        return chunk;
    }
}
