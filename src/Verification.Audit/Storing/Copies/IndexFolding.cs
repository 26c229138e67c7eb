using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Copies;

/// <summary>
/// Folds the lists of runs that stay as they are into the index, many at once: a search reads one row of each fold. So the quiet hours of years, each
/// with a segment of its own, make few.
/// </summary>
internal sealed class IndexFolding(IAuditTables tables, TidyLimits limits)
{
    private const int MostLists = 4096;

    /// <summary>Folds what there is, where it is enough for a fold.</summary>
    public async Task FoldAsync(CancellationToken cancellationToken)
    {
        var (lists, entries) = await tables.ReadAsync(
            async session => (await session.QueryAsync<(long, long)>(tables.Statements.CountFinished)).Single(), cancellationToken);
        if (lists < limits.FoldLists && entries < limits.FoldEntries)
        {
            return;
        }

        var rows = await tables.ReadAsync(
            session => session.QueryAsync<ListRow>(tables.Statements.ReadFinished, new { Limit = MostLists }), cancellationToken);
        if (rows is not [.., var last])
        {
            // Another copy was quicker.
            return;
        }

        var folded = await QuietWork.RunAsync(() => Fold.Rows([.. rows.Select(row => PermitList.Read(row.Hashes))]), cancellationToken);
        var places = Fold.WritePlaces([.. rows.Select(row => row.Place)]);
        await tables.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(tables.Statements.DeleteFinished, last) != rows.Count)
                {
                    return false;
                }

                await session.ExecuteAsync(tables.Statements.InsertFold, new { Runs = places });
                var fold = (await session.QueryAsync<long>(tables.Statements.ReadNewestFold)).Single();
                foreach (var (prefix, row) in folded)
                {
                    await session.ExecuteAsync(tables.Statements.InsertFoldRow, new FoldRow { Fold = fold, Prefix = prefix, Entries = row });
                }

                return true;
            },
            cancellationToken);
    }
}
