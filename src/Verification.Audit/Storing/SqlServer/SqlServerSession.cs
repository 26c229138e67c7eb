using System.Data;
using Dapper;
using Microsoft.Data.SqlClient;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.SqlServer;

/// <summary>One connection at work, and its transaction where it has one.</summary>
internal sealed class SqlServerSession(
    SqlConnection connection, SqlTransaction? transaction, int commandTimeout, CancellationToken cancellationToken) : IAuditSession
{
    /// <inheritdoc/>
    public async Task<List<T>> QueryAsync<T>(string statement, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(statement, parameters))).AsList();

    /// <inheritdoc/>
    public Task<int> ExecuteAsync(string statement, object? parameters = null) => connection.ExecuteAsync(Command(statement, parameters));

    private CommandDefinition Command(string statement, object? parameters) =>
        new(statement, parameters, transaction, commandTimeout, CommandType.Text, CommandFlags.Buffered, cancellationToken);
}
