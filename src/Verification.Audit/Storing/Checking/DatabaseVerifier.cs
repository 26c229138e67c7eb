using System.Collections.Immutable;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;
using Verification.Audit.Verifying;

namespace Verification.Audit.Storing.Checking;

/// <summary>Verifies the copies of all logs, and what finds their records, by the database and the public keys alone.</summary>
internal sealed class DatabaseVerifier(IAuditTables tables, KeyRing keys)
{
    /// <summary>Verifies every log. Holds one run of blocks at a time, and one fold.</summary>
    /// <remarks>
    /// Nodes may be at work: what they pack and fold while it is read is seen before in one place and after in another. So what is found is looked for
    /// once more, and is told where it is found both times.
    /// </remarks>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    public async Task<ImmutableArray<DatabaseVerification>> VerifyAsync(CancellationToken cancellationToken)
    {
        var logs = await VerifyOnceAsync(cancellationToken);
        if (logs.All(log => log.Findings.IsEmpty))
        {
            return logs;
        }

        var found = logs.SelectMany(log => log.Findings.Select(finding => (log.Log, finding))).ToHashSet();
        return
        [
            .. (await VerifyOnceAsync(cancellationToken)).Select(
                log => log with { Findings = [.. log.Findings.Where(finding => found.Contains((log.Log, finding)))] }),
        ];
    }

    private async Task<ImmutableArray<DatabaseVerification>> VerifyOnceAsync(CancellationToken cancellationToken)
    {
        var index = new IndexCheck(tables);
        await index.CheckFoldsAsync(cancellationToken);
        var logs = await tables.ReadAsync(session => session.QueryAsync<LogRow>(tables.Statements.ReadLogs), cancellationToken);
        var verified = new List<DatabaseVerification>();
        foreach (var log in logs)
        {
            verified.Add(await VerifyAsync(log, index, cancellationToken));
        }

        // What is wrong with the index is told once, of the log that it is found with, or of the first.
        var rest = index.Findings.Except(verified.SelectMany(log => log.Findings)).ToList();
        return verified is [var first, ..] ? [first with { Findings = [.. first.Findings, .. rest] }, .. verified[1..]] : [];
    }

    private async Task<DatabaseVerification> VerifyAsync(LogRow log, IndexCheck index, CancellationToken cancellationToken)
    {
        var chain = new ChainCheck(keys, ChainPoint.Beginning);
        var check = new RunCheck(chain);
        var deleted = new Queue<DeletedRow>(
            await tables.ReadAsync(
                session => session.QueryAsync<DeletedRow>(tables.Statements.ReadDeleted, new { log.Log, First = 0, Last = int.MaxValue }), cancellationToken));
        var at = new BlockRun { Log = log.Log };
        var before = index.Findings.Count;
        while (await NextAsync(at, cancellationToken) is { } run)
        {
            AddDeleted(chain, deleted, log, until: run.FirstBlock);
            check.Add(run);
            await index.CheckAsync(run, cancellationToken);
            at = run;
        }

        AddDeleted(chain, deleted, log, until: long.MaxValue);
        return new DatabaseVerification(
            log.Log, log.Id, chain.Blocks, chain.Records, check.IsClosed, [.. chain.Findings, .. index.Findings.Skip(before)]);
    }

    private async Task<BlockRun?> NextAsync(BlockRun run, CancellationToken cancellationToken) =>
        (await tables.ReadAsync(session => session.QueryAsync<BlockRun>(tables.Statements.ReadNextRun, run), cancellationToken)).SingleOrDefault();

    private static void AddDeleted(ChainCheck chain, Queue<DeletedRow> deleted, LogRow log, long until)
    {
        while (deleted.TryPeek(out var row) && row.FirstBlock < until)
        {
            deleted.Dequeue();
            var place = $"audit_deleted {row.Log}, {row.Segment}";
            if (SegmentEnds.Read(row.Ends) is { } ends
                && ends.Header.LogId == log.Id
                && (ends.Header.Segment, ends.FirstBlock, ends.LastBlock) == (row.Segment, row.FirstBlock, row.LastBlock))
            {
                chain.AddDeleted(ends, place);
            }
            else
            {
                chain.Note(new AuditFinding(FindingKind.Altered, place, row.Segment, row.FirstBlock, 0, "no whole ends of a deleted segment"));
            }
        }
    }
}
