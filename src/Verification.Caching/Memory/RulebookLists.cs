using System.Collections.Immutable;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching.Memory;

/// <summary>
/// The lists of rulebooks that entries are compiled under, so that an entry names its own in a byte: the rulebook in use and those that
/// follow, and with every new first day one list more. Safe for concurrent use.
/// </summary>
internal sealed class RulebookLists
{
    /// <summary>The most lists. A node would have to live through so many first days of rulebooks.</summary>
    public const int Most = 128;

    private readonly Lock _lock = new();
    private ImmutableArray<Rulebook>[] _lists = [];

    /// <summary>The list of a number.</summary>
    public ImmutableArray<Rulebook> this[int number] => Volatile.Read(ref _lists)[number];

    /// <summary>The number of a list, if need be a new one; null where there are too many.</summary>
    public int? NumberOf(ImmutableArray<Rulebook> list)
    {
        if (Find(Volatile.Read(ref _lists), list) is var found and >= 0)
        {
            return found;
        }

        lock (_lock)
        {
            found = Find(_lists, list);
            if (found < 0 && _lists.Length < Most)
            {
                found = _lists.Length;
                Volatile.Write(ref _lists, [.. _lists, list]);
            }
        }

        return found < 0 ? null : found;
    }

    private static int Find(ImmutableArray<Rulebook>[] lists, ImmutableArray<Rulebook> list) =>
        Array.FindLastIndex(lists, known => known == list || known.SequenceEqual(list));
}
