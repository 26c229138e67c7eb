using Verification.Audit.Reading;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Copies;

/// <summary>Adds blocks to the copies of logs.</summary>
internal sealed class LogCopies(IAuditTables tables)
{
    /// <inheritdoc cref="AuditDatabase.ReadEndAsync"/>
    public Task<CopiedEnd?> ReadEndAsync(Guid logId, CancellationToken cancellationToken) => tables.ReadAsync(
        async session => await Logs.FindAsync(session, tables.Statements, logId) is { } log ? await ReadEndAsync(session, log) : null,
        cancellationToken);

    /// <inheritdoc cref="AuditDatabase.AppendAsync"/>
    public async Task<bool> AppendAsync(Guid logId, CopiedEnd? after, IReadOnlyList<AuditBlock> blocks, CancellationToken cancellationToken)
    {
        var runs = await QuietWork.RunAsync(() => blocks.Select(NewRun.Of).ToList(), cancellationToken);
        return await tables.WriteAsync(
            async session =>
            {
                var log = await Logs.FindOrAddAsync(session, tables.Statements, logId);
                await session.ExecuteAsync(tables.Statements.LockLog, new { Log = log });
                if (await ReadEndAsync(session, log) != after)
                {
                    return false;
                }

                foreach (var run in runs)
                {
                    await Runs.InsertAsync(session, tables.Statements, run with { Row = run.Row with { Log = log } }, isFinal: false);
                }

                return true;
            },
            cancellationToken);
    }

    private async Task<CopiedEnd?> ReadEndAsync(IAuditSession session, int log)
    {
        var last = (await session.QueryAsync<BlockRun>(tables.Statements.ReadLastRun, new { Log = log })).SingleOrDefault()?.ToEnd();
        var deleted = (await session.QueryAsync<DeletedRow>(tables.Statements.ReadLastDeleted, new { Log = log })).SingleOrDefault();
        return deleted is not null && !(last?.Block > deleted.LastBlock)
            ? new CopiedEnd(deleted.LastBlock, deleted.LastHash, deleted.Segment, deleted.EndsAt)
            : last;
    }
}
