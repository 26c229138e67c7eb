using System.Buffers;
using System.Runtime.CompilerServices;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Exporting;

/// <summary>Puts the blocks of the audit database together to the segments that they were copied from. Holds one at a time.</summary>
internal sealed class SegmentReader(IAuditTables tables)
{
    /// <inheritdoc cref="AuditDatabase.ReadSegmentsAsync"/>
    public async IAsyncEnumerable<StoredSegment> ReadAsync(Guid? logId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var logs = await tables.ReadAsync(session => session.QueryAsync<LogRow>(tables.Statements.ReadLogs), cancellationToken);
        foreach (var log in logs.Where(log => logId is null || log.Id == logId))
        {
            var deleted = await tables.ReadAsync(
                session => session.QueryAsync<DeletedRow>(tables.Statements.ReadDeleted, new { log.Log, First = 0, Last = int.MaxValue }), cancellationToken);
            foreach (var row in deleted)
            {
                yield return new StoredSegment(log.Log, log.Id, row.Segment, IsDeleted: true, row.Ends);
            }

            await foreach (var segment in ReadAsync(log, cancellationToken))
            {
                yield return segment;
            }
        }
    }

    private async IAsyncEnumerable<StoredSegment> ReadAsync(LogRow log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var at = new BlockRun { Log = log.Log };
        while (await NextAsync(at, cancellationToken) is { } run)
        {
            if (run.Segment != at.Segment && bytes.WrittenCount > 0)
            {
                yield return new StoredSegment(log.Log, log.Id, at.Segment, IsDeleted: false, bytes.WrittenSpan.ToArray());
                bytes.ResetWrittenCount();
            }

            // Small rows may be packed into one while they are read: what it holds of them is there already.
            foreach (var block in Blocks(run).Where(block => block.Sequence > at.LastBlock))
            {
                bytes.Write(block.Bytes.Span);
            }

            at = run;
        }

        if (bytes.WrittenCount > 0)
        {
            yield return new StoredSegment(log.Log, log.Id, at.Segment, IsDeleted: false, bytes.WrittenSpan.ToArray());
        }
    }

    private async Task<BlockRun?> NextAsync(BlockRun run, CancellationToken cancellationToken) =>
        (await tables.ReadAsync(session => session.QueryAsync<BlockRun>(tables.Statements.ReadNextRun, run), cancellationToken)).SingleOrDefault();

    private static List<Reading.AuditBlock> Blocks(BlockRun run)
    {
        try
        {
            return run.Blocks();
        }
        catch (InvalidDataException damaged)
        {
            throw new AuditDatabaseException($"The audit database is damaged, in row {run.Run} of audit_run: {damaged.Message}", damaged);
        }
    }
}
