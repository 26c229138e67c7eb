using System.Runtime.CompilerServices;
using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Copies;

/// <summary>Whole segments of the database: whether one is there, and the deletion of those whose time is over.</summary>
internal sealed class SegmentCopies(IAuditTables tables)
{
    private const int Page = 100;

    /// <inheritdoc cref="AuditDatabase.HoldsSegmentSinceBeforeAsync"/>
    public async Task<bool> HoldsSinceBeforeAsync(Guid logId, int segment, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (runs, deleted) = await ReadAsync(logId, segment, cancellationToken);
        return deleted is not null || (runs.Count > 0 && runs.Max(run => run.UntilInstant) < AuditTime.ToMicroseconds(before));
    }

    /// <inheritdoc cref="AuditDatabase.HoldsAsync"/>
    public async Task<bool> HoldsAsync(SegmentEnds ends, CancellationToken cancellationToken)
    {
        var (runs, deleted) = await ReadAsync(ends.Header.LogId, ends.Header.Segment, cancellationToken);
        return deleted is not null
            ? deleted.FirstBlock == ends.FirstBlock && deleted.LastBlock == ends.LastBlock && deleted.LastHash == Seal.HashIn(ends.Last)
            : runs.Count > 0
                && runs[0].FirstBlock == ends.FirstBlock
                && runs[^1].LastBlock == ends.LastBlock
                && BlockHash.Read(runs[^1].Hash) == Seal.HashIn(ends.Last)
                && runs.Zip(runs.Skip(1)).All(two => two.First.IsFollowedBy(two.Second))
                && await AreWholeAsync(runs, cancellationToken);
    }

    /// <summary>Whether the blocks are what their hashes say: what the columns say is no reason to delete the only good copy.</summary>
    private async Task<bool> AreWholeAsync(List<BlockRun> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            var stored = await tables.ReadAsync(session => Runs.ReadAsync(session, tables.Statements, run.Log, run.FirstBlock), cancellationToken);
            if (stored is not { IsWhole: true })
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc cref="AuditDatabase.FindSegmentsBeforeAsync"/>
    public async IAsyncEnumerable<SegmentEnds> FindBeforeAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var old = await tables.ReadAsync(
            session => session.QueryAsync<SegmentRow>(
                tables.Statements.ReadSegmentsBefore, new { Before = AuditTime.ToMicroseconds(before), Limit = Page }),
            cancellationToken);
        foreach (var segment in old)
        {
            if (await ReadEndsAsync(segment, cancellationToken) is { } ends)
            {
                yield return ends;
            }
        }
    }

    /// <inheritdoc cref="AuditDatabase.DeleteAsync"/>
    public async Task DeleteAsync(SegmentEnds ends, CancellationToken cancellationToken)
    {
        await tables.WriteAsync(
            async session =>
            {
                if (await Logs.FindAsync(session, tables.Statements, ends.Header.LogId) is not { } log
                    || await session.QueryAsync<BlockRun>(tables.Statements.ReadSegment, new { Log = log, ends.Header.Segment }) is not [.., var last])
                {
                    return false;
                }

                var range = new { Log = log, ends.FirstBlock, ends.LastBlock };
                await session.ExecuteAsync(tables.Statements.DeletePermitsOf, range);
                await session.ExecuteAsync(tables.Statements.DeleteRuns, range);
                await session.ExecuteAsync(
                    tables.Statements.InsertDeleted,
                    new DeletedRow
                    {
                        Log = log,
                        Segment = ends.Header.Segment,
                        FirstBlock = ends.FirstBlock,
                        LastBlock = ends.LastBlock,
                        EndsAt = last.EndsAt,
                        Ends = ends.ToBytes(),
                    });
                return true;
            },
            cancellationToken);
        await DeleteFoldsAsync(cancellationToken);
    }

    /// <summary>Deletes the oldest folds, of which no run is there any more. Until then their entries lead to nothing, and nothing follows from them.</summary>
    private async Task DeleteFoldsAsync(CancellationToken cancellationToken)
    {
        var folds = await tables.ReadAsync(session => session.QueryAsync<FoldPlaces>(tables.Statements.ReadFolds), cancellationToken);
        foreach (var fold in folds)
        {
            var isOver = await tables.WriteAsync(
                async session =>
                {
                    foreach (var place in fold.Places)
                    {
                        if (await Runs.ReadAsync(session, tables.Statements, place.Log, place.FirstBlock) is not null)
                        {
                            return false;
                        }
                    }

                    var rows = Enumerable.Range(0, PermitHash.Prefixes).Select(prefix => new FoldRow { Fold = fold.Fold, Prefix = prefix });
                    await session.ExecuteAsync(tables.Statements.DeleteFoldRow, rows);
                    await session.ExecuteAsync(tables.Statements.DeleteFold, fold);
                    return true;
                },
                cancellationToken);
            if (!isOver)
            {
                return;
            }
        }
    }

    private async Task<(List<BlockRun> Runs, DeletedRow? Deleted)> ReadAsync(Guid logId, int segment, CancellationToken cancellationToken) =>
        await tables.ReadAsync(
            async session => await Logs.FindAsync(session, tables.Statements, logId) is not { } log
                ? ([], null)
                : (await session.QueryAsync<BlockRun>(tables.Statements.ReadSegment, new { Log = log, Segment = segment }),
                    (await session.QueryAsync<DeletedRow>(tables.Statements.ReadDeleted, new { Log = log, First = segment, Last = segment })).SingleOrDefault()),
            cancellationToken);

    /// <summary>Null where its first block is not there: nobody could tell any more that it was.</summary>
    private async Task<SegmentEnds?> ReadEndsAsync(SegmentRow segment, CancellationToken cancellationToken)
    {
        var (first, last) = await tables.ReadAsync(
            async session =>
            {
                var runs = await session.QueryAsync<BlockRun>(tables.Statements.ReadSegment, segment);
                return (
                    await Runs.ReadAsync(session, tables.Statements, segment.Log, runs[0].FirstBlock),
                    await Runs.ReadAsync(session, tables.Statements, segment.Log, runs[^1].FirstBlock));
            },
            cancellationToken);
        var (begin, end) = (first?.Blocks()[0], last?.Blocks()[^1]);
        return begin?.SegmentHeader is { } header && end is not null
            ? new SegmentEnds(header, begin.SealBytes.ToArray(), end.SealBytes.ToArray())
            : null;
    }
}
