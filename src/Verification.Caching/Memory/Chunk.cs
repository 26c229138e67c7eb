namespace Verification.Caching.Memory;

/// <summary>
/// Bytes of entries, each written once. It is never written anew: whoever still reads it keeps it, and the garbage collector, which
/// finds nothing to follow in it, takes it afterwards.
/// </summary>
/// <param name="place">See <see cref="Slot.PlaceOf"/>.</param>
/// <param name="size">Its bytes, all zero.</param>
internal sealed class Chunk(int place, int size)
{
    /// <summary>Tells it from every other chunk of the shard.</summary>
    public int Place { get; } = place;

    /// <summary>The entries.</summary>
    public byte[] Bytes { get; } = new byte[size];

    /// <summary>How many bytes are written. For the writer alone.</summary>
    public int Used { get; set; }

    /// <summary>How many bytes of entries are still held. For the writer alone.</summary>
    public int Live { get; set; }
}
