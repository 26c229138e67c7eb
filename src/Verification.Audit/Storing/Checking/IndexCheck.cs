using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;
using Verification.Audit.Verifying;

namespace Verification.Audit.Storing.Checking;

/// <summary>Checks the index by permit against the blocks: each run is in one list or in one fold, with exactly its permits.</summary>
internal sealed class IndexCheck(IAuditTables tables)
{
    private readonly HashSet<(int Log, long FirstBlock)> _folded = [];
    private readonly List<AuditFinding> _findings = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<AuditFinding> Findings => _findings;

    /// <summary>Checks the folds, one at a time, and what searches by instant rest on. To be called first.</summary>
    public async Task CheckFoldsAsync(CancellationToken cancellationToken)
    {
        var spans = await tables.ReadAsync(session => session.QueryAsync<long>(tables.Statements.ReadSpans), cancellationToken);
        if (!spans.SequenceEqual(Enumerable.Range(0, 62).Select(span => 1L << span)))
        {
            Note("audit_span", null, "its lengths are not the powers of two");
        }

        var folds = await tables.ReadAsync(session => session.QueryAsync<FoldPlaces>(tables.Statements.ReadFolds), cancellationToken);
        foreach (var fold in folds)
        {
            await CheckAsync(fold, cancellationToken);
        }

        await CheckNoOthersAsync([.. folds.Select(fold => fold.Fold)], cancellationToken);
    }

    /// <summary>Checks that a run which reads well is in the index.</summary>
    public async Task CheckAsync(BlockRun run, CancellationToken cancellationToken)
    {
        var list = (await tables.ReadAsync(session => session.QueryAsync<byte[]>(tables.Statements.ReadPermits, run), cancellationToken)).SingleOrDefault();
        if (list is null ? !_folded.Contains((run.Log, run.FirstBlock)) : !list.AsSpan().SequenceEqual(PermitList.Write(PermitsOf(run) ?? [])))
        {
            Note($"audit_permits {run.Run}", run, "it does not list the permits of its blocks");
        }
    }

    private async Task CheckAsync(FoldPlaces fold, CancellationToken cancellationToken)
    {
        var lists = new List<IReadOnlyList<uint>>();
        var isThere = new List<bool>();
        try
        {
            foreach (var place in fold.Places)
            {
                var run = await tables.ReadAsync(session => Runs.ReadAsync(session, tables.Statements, place.Log, place.FirstBlock), cancellationToken);
                var permits = run?.Place == place ? PermitsOf(run) : null;
                lists.Add(permits ?? []);
                isThere.Add(permits is not null);
                _folded.Add((place.Log, place.FirstBlock));
            }

            var right = Fold.Rows(lists).ToDictionary(row => row.Prefix, row => row.Entries);
            var stored = await tables.ReadAsync(session => ReadRowsAsync(session, fold.Fold), cancellationToken);
            for (var prefix = 0; prefix < PermitHash.Prefixes; prefix++)
            {
                // Of runs that were deleted, or cannot be read, nobody can tell any more which permits they had.
                var entries = Fold.Read(prefix, stored[prefix]).Where(entry => entry.Run >= isThere.Count || isThere[entry.Run]);
                if (!entries.SequenceEqual(Fold.Read(prefix, right.GetValueOrDefault(prefix) ?? [])))
                {
                    Note($"audit_index {prefix}, {fold.Fold}", null, "it does not list the permits of its blocks");
                }
            }
        }
        catch (InvalidDataException damaged)
        {
            Note($"audit_fold {fold.Fold}", null, damaged.Message);
        }
    }

    private async Task<List<byte[]>> ReadRowsAsync(IAuditSession session, long fold)
    {
        var rows = new List<byte[]>(PermitHash.Prefixes);
        for (var prefix = 0; prefix < PermitHash.Prefixes; prefix++)
        {
            var stored = await session.QueryAsync<byte[]>(tables.Statements.ReadFoldRow, new FoldRow { Fold = fold, Prefix = prefix });
            rows.Add(stored.SingleOrDefault() ?? []);
        }

        return rows;
    }

    private Task<bool> CheckNoOthersAsync(HashSet<long> folds, CancellationToken cancellationToken) => tables.ReadAsync(
        async session =>
        {
            for (var prefix = 0L; prefix < PermitHash.Prefixes; prefix++)
            {
                var rows = await session.QueryAsync<FoldRow>(tables.Statements.ReadFoldRows, new { Prefix = prefix });
                foreach (var row in rows.Where(row => !folds.Contains(row.Fold)))
                {
                    Note($"audit_index {row.Prefix}, {row.Fold}", null, "there is no such fold");
                }
            }

            return true;
        },
        cancellationToken);

    /// <summary>The permits of a run; null where it cannot be read, which is found elsewhere.</summary>
    private static List<uint>? PermitsOf(BlockRun run)
    {
        try
        {
            return [.. NewRun.Of(run.Blocks(), run.Packed).Permits];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Note(string place, BlockRun? run, string detail) =>
        _findings.Add(new AuditFinding(FindingKind.Misindexed, place, run?.Segment ?? 0, run?.FirstBlock, run?.BeginsAt ?? 0, detail));
}
