using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Copies;

/// <summary>
/// Packs small blocks of a segment together: when it has ended, and before that where they have become many. Rows are replaced by one that holds the
/// same blocks, in one transaction; where another copy did so in the meantime, nothing is.
/// </summary>
internal sealed class RunPacking(IAuditTables tables, TidyLimits limits)
{
    /// <summary>Packs what is due.</summary>
    /// <returns>Whether a segment is done: its runs stay as they are.</returns>
    public async Task<bool> PackAsync(Guid logId, CancellationToken cancellationToken)
    {
        var loose = await tables.ReadAsync(
            async session => await Logs.FindAsync(session, tables.Statements, logId) is { } log
                ? await session.QueryAsync<BlockRun>(tables.Statements.ReadLoose, new { Log = log })
                : [],
            cancellationToken);
        var isDone = false;
        foreach (var segment in loose.GroupBy(run => run.Segment))
        {
            var hasEnded = segment.Last().EndsSegment || segment.Key < loose[^1].Segment;
            if (hasEnded || segment.Count() >= limits.LooseRows)
            {
                foreach (var runs in Joinable(segment))
                {
                    await JoinAsync(runs, cancellationToken);
                }
            }

            if (hasEnded)
            {
                isDone = true;
                await tables.WriteAsync(
                    async session =>
                    {
                        await session.ExecuteAsync(tables.Statements.FinishSegment, new { loose[0].Log, Segment = segment.Key });
                        return true;
                    },
                    cancellationToken);
            }
        }

        return isDone;
    }

    /// <summary>The runs that are to be one, each with others that follow it.</summary>
    private IEnumerable<List<BlockRun>> Joinable(IEnumerable<BlockRun> runs)
    {
        var joined = new List<BlockRun>();
        var bytes = 0;
        foreach (var run in runs)
        {
            if (joined.Count > 0 && (bytes + run.PlainBytes > limits.RowBytes || !joined[^1].IsFollowedBy(run)))
            {
                if (joined.Count > 1)
                {
                    yield return joined;
                }

                joined = [];
                bytes = 0;
            }

            joined.Add(run);
            bytes += run.PlainBytes;
        }

        if (joined.Count > 1)
        {
            yield return joined;
        }
    }

    private async Task JoinAsync(List<BlockRun> runs, CancellationToken cancellationToken)
    {
        var range = new { runs[0].Log, runs[0].FirstBlock, runs[^1].LastBlock };
        var stored = await tables.ReadAsync(
            async session =>
            {
                var rows = new List<BlockRun>();
                foreach (var run in runs)
                {
                    if (await Runs.ReadAsync(session, tables.Statements, run.Log, run.FirstBlock) is { } row && row.Run == run.Run)
                    {
                        rows.Add(row);
                    }
                }

                return rows;
            },
            cancellationToken);
        if (stored.Count < runs.Count)
        {
            return;
        }

        var joined = await QuietWork.RunAsync(() => NewRun.Joined(stored), cancellationToken);
        await tables.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(tables.Statements.DeletePermitsOf, range) != runs.Count
                    || await session.ExecuteAsync(tables.Statements.DeleteRuns, range) != runs.Count)
                {
                    return false;
                }

                await Runs.InsertAsync(session, tables.Statements, joined, isFinal: false);
                return true;
            },
            cancellationToken);
    }
}
