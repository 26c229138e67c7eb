using System.Runtime.CompilerServices;
using Verification.Audit.Format;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;
using Verification.Core.Permits;

namespace Verification.Audit.Storing.Searching;

/// <summary>Finds the runs that may hold what is looked for, in their order. Some may be packed into others, or deleted, by the time they are read.</summary>
/// <param name="tables">The tables.</param>
/// <param name="page">How many places are held at a time.</param>
internal sealed class RunFinder(IAuditTables tables, int page)
{
    // Far beyond any clock, and far from the ends of 64 bits: the length of a span is taken off.
    private const long Beginning = -(1L << 60);
    private const long End = 1L << 60;

    /// <summary>By what narrows a query down most.</summary>
    public IAsyncEnumerable<RunPlace> FindAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        if (query.CheckId is { } id)
        {
            var first = id.UnixMilliseconds * AuditTime.MicrosecondsPerMillisecond;
            return OverlappingAsync(first, first + AuditTime.MicrosecondsPerMillisecond - 1, query.After, cancellationToken);
        }

        return query.Permit is { } permit
            ? OfPermitAsync(permit, query.After, cancellationToken)
            : OverlappingAsync(
                query.From is { } from ? AuditTime.ToMicroseconds(from) : Beginning,
                query.Until is { } until ? AuditTime.ToMicroseconds(until) : End,
                query.After,
                cancellationToken);
    }

    private async IAsyncEnumerable<RunPlace> OverlappingAsync(
        long from, long until, RecordPlace? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (log, block) = (after?.Log ?? 0, after?.Block ?? 0);
        for (var isFull = true; isFull;)
        {
            var found = await tables.ReadAsync(
                session => session.QueryAsync<RunPlace>(
                    tables.Statements.ReadOverlapping, new { From = from, Until = until, Log = log, Block = block, Limit = page }),
                cancellationToken);
            foreach (var place in found)
            {
                yield return place;
                (log, block) = (place.Log, place.LastBlock + 1);
            }

            isFull = found.Count == page;
        }
    }

    private async IAsyncEnumerable<RunPlace> OfPermitAsync(
        PermitNumber permit, RecordPlace? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hash = PermitHash.Of(permit.Packed);
        var places = await tables.ReadAsync(session => ReadPlacesAsync(session, hash), cancellationToken);
        foreach (var place in places.Where(place => place.IsBehind(after)).OrderBy(place => place.Log).ThenBy(place => place.FirstBlock))
        {
            yield return place;
        }
    }

    /// <summary>From the lists, and then from the folds: what is folded in the meantime is found there.</summary>
    private async Task<List<RunPlace>> ReadPlacesAsync(IAuditSession session, uint hash)
    {
        var lists = await session.QueryAsync<ListRow>(tables.Statements.ReadLists);
        var places = lists.Where(list => PermitList.Contains(list.Hashes, hash)).Select(list => list.Place).ToList();
        var prefix = new { Prefix = (long)PermitHash.PrefixOf(hash) };
        foreach (var row in await session.QueryAsync<FoldRow>(tables.Statements.ReadFoldRows, prefix))
        {
            var runs = Fold.Find(row.Entries, hash);
            if (runs.Count > 0)
            {
                var folded = Fold.ReadPlaces((await session.QueryAsync<byte[]>(tables.Statements.ReadFold, row)).Single());
                places.AddRange(runs.Select(run => folded[run]));
            }
        }

        return places;
    }
}
