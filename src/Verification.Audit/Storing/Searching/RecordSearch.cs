using System.Runtime.CompilerServices;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Searching;

/// <summary>Searches the records of all logs. Holds one run of blocks at a time, and where others may be.</summary>
/// <param name="tables">The tables.</param>
/// <param name="page">How many places are held at a time.</param>
internal sealed class RecordSearch(IAuditTables tables, int page)
{
    private readonly RunFinder _runs = new(tables, page);

    /// <inheritdoc cref="IAuditRecords.FindAsync"/>
    public IAsyncEnumerable<StoredRecord> FindAsync(AuditQuery query, CancellationToken cancellationToken) =>
        query is { CheckId: null, Permit: null, From: null, Until: null }
            ? throw new ArgumentException("A search by neither a check's id nor a permit needs an interval.", nameof(query))
            : ReadAsync(query, cancellationToken);

    private async IAsyncEnumerable<StoredRecord> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var match = new RecordMatch(query);
        var (log, next) = (query.After?.Log ?? 0, query.After?.Block ?? 0);
        await foreach (var place in _runs.FindAsync(query, cancellationToken))
        {
            next = place.Log == log ? next : 0;
            log = place.Log;
            var block = Math.Max(next, place.FirstBlock);
            if (block > place.LastBlock
                || await tables.ReadAsync(session => Runs.ReadAsync(session, tables.Statements, log, block), cancellationToken) is not { } run)
            {
                continue;
            }

            foreach (var found in Matching(run, block, match, query.After))
            {
                yield return found;
            }

            next = run.LastBlock + 1;
        }
    }

    private static IEnumerable<StoredRecord> Matching(BlockRun run, long first, RecordMatch match, RecordPlace? after)
    {
        foreach (var block in Guarded(run, () => run.Blocks()))
        {
            if (block.Sequence < first || !match.MayBeIn(block))
            {
                continue;
            }

            foreach (var (record, at) in Guarded(run, () => block.Records().Select((found, at) => (found.Record, at)).ToList()))
            {
                var place = new RecordPlace(run.Log, block.Sequence, at);
                if (match.Fits(record) && !(after is { } last && last.Log == place.Log && last.Block == place.Block && at <= last.Record))
                {
                    yield return new StoredRecord(place, block.LogId, record);
                }
            }
        }
    }

    private static List<T> Guarded<T>(BlockRun run, Func<List<T>> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException damaged)
        {
            throw new AuditDatabaseException($"The audit database is damaged, in row {run.Run} of audit_run: {damaged.Message}", damaged);
        }
    }
}
