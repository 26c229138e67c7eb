using Verification.Audit.Format;

namespace Verification.Audit.Storing.Rows;

/// <summary>
/// A part of the index by permit: the lists of many runs, sorted into one row for each prefix of the permits' hashes. An entry is what a hash
/// is further than the one before it, and which of the fold's runs has the permit: three to four bytes.
/// </summary>
internal static class Fold
{
    private const int MostEntryBytes = 10;
    private const int MostPlaceBytes = 25;

    /// <summary>Sorts lists into rows, one for each prefix that occurs.</summary>
    /// <param name="lists">For each run of the fold, in order, the hashes of its permits.</param>
    public static List<(int Prefix, byte[] Entries)> Rows(IReadOnlyList<IReadOnlyList<uint>> lists)
    {
        var entries = new (uint Hash, int Run)[lists.Sum(list => list.Count)];
        var count = 0;
        for (var run = 0; run < lists.Count; run++)
        {
            foreach (var hash in lists[run])
            {
                entries[count++] = (hash, run);
            }
        }

        Array.Sort(entries);
        var rows = new List<(int, byte[])>(PermitHash.Prefixes);
        for (var begin = 0; begin < count;)
        {
            var prefix = PermitHash.PrefixOf(entries[begin].Hash);
            var end = begin;
            while (end < count && PermitHash.PrefixOf(entries[end].Hash) == prefix)
            {
                end++;
            }

            rows.Add((prefix, Row(entries.AsSpan(begin, end - begin))));
            begin = end;
        }

        return rows;
    }

    /// <summary>Which runs of the fold have a permit with a hash, by the row of its prefix.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public static List<int> Find(ReadOnlySpan<byte> row, uint hash)
    {
        var wanted = hash & PermitHash.RestMask;
        var found = new List<int>();
        ulong last = 0;
        while (!row.IsEmpty && last <= wanted)
        {
            last += Numbers.Take(ref row);
            var run = Numbers.Take(ref row);
            if (last == wanted)
            {
                found.Add(checked((int)run));
            }
        }

        return found;
    }

    /// <summary>All entries of a row: the hash, and which run.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static List<(uint Hash, int Run)> Read(int prefix, ReadOnlySpan<byte> row)
    {
        var entries = new List<(uint, int)>();
        ulong last = (ulong)prefix * (PermitHash.RestMask + 1ul);
        while (!row.IsEmpty)
        {
            last += Numbers.Take(ref row);
            entries.Add(((uint)last, (int)Numbers.Take(ref row)));
        }

        return entries;
    }

    /// <summary>Writes where the runs of a fold stand.</summary>
    public static byte[] WritePlaces(IReadOnlyCollection<RunPlace> places)
    {
        var writer = new ByteWriter(new byte[places.Count * MostPlaceBytes]);
        foreach (var place in places)
        {
            writer.Number((ulong)place.Log);
            writer.Number((ulong)place.FirstBlock);
            writer.Number((ulong)(place.LastBlock - place.FirstBlock));
        }

        return writer.Written.ToArray();
    }

    /// <summary>Reads what <see cref="WritePlaces"/> wrote.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static List<RunPlace> ReadPlaces(ReadOnlySpan<byte> bytes)
    {
        var places = new List<RunPlace>();
        while (!bytes.IsEmpty)
        {
            var log = (int)Numbers.Take(ref bytes);
            var first = (long)Numbers.Take(ref bytes);
            places.Add(new RunPlace { Log = log, FirstBlock = first, LastBlock = first + (long)Numbers.Take(ref bytes) });
        }

        return places;
    }

    private static byte[] Row(ReadOnlySpan<(uint Hash, int Run)> entries)
    {
        var writer = new ByteWriter(new byte[entries.Length * MostEntryBytes]);
        uint last = 0;
        foreach (var (hash, run) in entries)
        {
            var rest = hash & PermitHash.RestMask;
            writer.Number(rest - last);
            writer.Number((ulong)run);
            last = rest;
        }

        return writer.Written.ToArray();
    }
}
