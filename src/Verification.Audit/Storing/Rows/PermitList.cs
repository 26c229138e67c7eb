namespace Verification.Audit.Storing.Rows;

/// <summary>The permits of a run of blocks that is not in the index yet: their hashes, each once, in order, as differences.</summary>
internal static class PermitList
{
    private const int MostBytes = 5;

    /// <summary>Writes hashes that are in order, each once.</summary>
    public static byte[] Write(IReadOnlyCollection<uint> hashes)
    {
        var writer = new Format.ByteWriter(new byte[hashes.Count * MostBytes]);
        uint last = 0;
        foreach (var hash in hashes)
        {
            writer.Number(hash - last);
            last = hash;
        }

        return writer.Written.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such list.</exception>
    public static List<uint> Read(ReadOnlySpan<byte> list)
    {
        var hashes = new List<uint>(list.Length / 2);
        ulong last = 0;
        while (!list.IsEmpty)
        {
            last += Numbers.Take(ref list);
            hashes.Add(last <= uint.MaxValue ? (uint)last : throw new InvalidDataException("A list of permits is damaged."));
        }

        return hashes;
    }

    /// <summary>Whether a hash is in a list.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static bool Contains(ReadOnlySpan<byte> list, uint hash)
    {
        ulong last = 0;
        while (!list.IsEmpty && last <= hash)
        {
            last += Numbers.Take(ref list);
            if (last == hash)
            {
                return true;
            }
        }

        return false;
    }
}
