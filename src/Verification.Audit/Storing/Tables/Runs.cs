using Verification.Audit.Storing.Rows;

namespace Verification.Audit.Storing.Tables;

/// <summary>The rows of runs, each with its list of permits.</summary>
internal static class Runs
{
    /// <summary>Stores a run and its list.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="run">The run, with its log.</param>
    /// <param name="isFinal">Whether it stays as it is.</param>
    public static async Task InsertAsync(IAuditSession session, AuditStatements statements, NewRun run, bool isFinal)
    {
        await session.ExecuteAsync(statements.InsertRun, run.Row);
        var id = (await session.QueryAsync<long>(statements.FindRun, run.Row)).Single();
        await session.ExecuteAsync(
            statements.InsertPermits, new { Run = id, IsFinal = isFinal, Entries = run.Permits.Count, Hashes = PermitList.Write(run.Permits) });
    }

    /// <summary>The run that holds a block, with its blocks; null where none does.</summary>
    public static async Task<BlockRun?> ReadAsync(IAuditSession session, AuditStatements statements, int log, long block) =>
        (await session.QueryAsync<BlockRun>(statements.ReadRun, new { Log = log, Block = block })).SingleOrDefault() is { } run && run.LastBlock >= block
            ? run
            : null;
}
