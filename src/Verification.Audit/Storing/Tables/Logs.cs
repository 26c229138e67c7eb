namespace Verification.Audit.Storing.Tables;

/// <summary>The logs' numbers.</summary>
internal static class Logs
{
    /// <summary>The number of a log; null where it has none.</summary>
    public static async Task<int?> FindAsync(IAuditSession session, AuditStatements statements, Guid logId) =>
        (await session.QueryAsync<LogRow>(statements.FindLog, new { LogId = logId.ToByteArray(bigEndian: true) })).SingleOrDefault()?.Log;

    /// <summary>The number of a log, which is given one where it has none.</summary>
    public static async Task<int> FindOrAddAsync(IAuditSession session, AuditStatements statements, Guid logId)
    {
        if (await FindAsync(session, statements, logId) is { } log)
        {
            return log;
        }

        await session.ExecuteAsync(statements.InsertLog, new { LogId = logId.ToByteArray(bigEndian: true) });
        return (await FindAsync(session, statements, logId))!.Value;
    }
}
