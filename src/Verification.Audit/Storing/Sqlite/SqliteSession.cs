using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Sqlite;

/// <summary>A session whose every call blocks: its tasks are complete when they are handed out.</summary>
internal sealed class SqliteSession(SqliteConnection connection, SqliteTransaction? transaction) : IAuditSession
{
    /// <inheritdoc/>
    public Task<List<T>> QueryAsync<T>(string statement, object? parameters = null) =>
        Task.FromResult(connection.Query<T>(statement, parameters, transaction).AsList());

    /// <inheritdoc/>
    public Task<int> ExecuteAsync(string statement, object? parameters = null) =>
        Task.FromResult(connection.Execute(statement, parameters, transaction));
}
