using System.Runtime.InteropServices;

namespace Verification.Cli.Rounds;

/// <summary>How many rows there are of each kind.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Goes on from the counts of an earlier run.</summary>
    public Tally(IEnumerable<KeyValuePair<string, long>> counts)
    {
        foreach (var (kind, count) in counts)
            _counts[kind] = count;
    }

    public void Add(string kind) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, kind, out _)++;

    /// <summary>The counts, in order of kind.</summary>
    public SortedDictionary<string, long> ToCounts() => new(_counts, StringComparer.Ordinal);
}
