using System.Data;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Verification.Storage.SqlServer;

/// <summary>One connection at work, and its transaction where it has one: runs statements with their time-out and their end.</summary>
internal sealed class SqlServerSession(SqlConnection connection, int commandTimeout, CancellationToken cancellationToken) : IAsyncDisposable
{
    private SqlTransaction? _transaction;

    /// <summary>A session on a connection from a pool.</summary>
    public static async Task<SqlServerSession> OpenAsync(
        SqlServerConnections connections, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(await connections.OpenAsync(timeout, cancellationToken), SqlServerCalls.CommandTimeout(timeout), cancellationToken);

    /// <summary>Begins a transaction. It is rolled back when the session ends without <see cref="CommitAsync"/>.</summary>
    public async Task BeginAsync() =>
        _transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

    /// <summary>Commits the transaction.</summary>
    public Task CommitAsync() => _transaction!.CommitAsync(cancellationToken);

    /// <summary>All rows that a statement answers.</summary>
    public async Task<List<T>> QueryAsync<T>(string statement, DynamicParameters? parameters = null) =>
        (await connection.QueryAsync<T>(Command(statement, parameters))).AsList();

    /// <summary>The one row that a statement answers.</summary>
    public Task<T> QuerySingleAsync<T>(string statement, DynamicParameters? parameters = null) =>
        connection.QuerySingleAsync<T>(Command(statement, parameters));

    /// <summary>The row that a statement answers, if any.</summary>
    public Task<T?> QueryFirstOrDefaultAsync<T>(string statement, DynamicParameters parameters) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(statement, parameters));

    /// <summary>The answers of several statements in one round trip.</summary>
    public Task<SqlMapper.GridReader> QueryMultipleAsync(string statements, DynamicParameters parameters) =>
        connection.QueryMultipleAsync(Command(statements, parameters));

    /// <summary>How many rows a statement changed.</summary>
    public Task<int> ExecuteAsync(string statement, DynamicParameters parameters) =>
        connection.ExecuteAsync(Command(statement, parameters));

    /// <summary>Copies rows into a table whose columns have the rows' names, and checks its constraints.</summary>
    public async Task CopyAsync(DataTable rows)
    {
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, _transaction)
        {
            DestinationTableName = rows.TableName,
            BulkCopyTimeout = commandTimeout,
        };
        foreach (DataColumn column in rows.Columns)
        {
            copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        }

        await copy.WriteToServerAsync(rows, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_transaction is not null)
            {
                await _transaction.DisposeAsync();
            }
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private CommandDefinition Command(string statement, DynamicParameters? parameters) =>
        new(statement, parameters, _transaction, commandTimeout, CommandType.Text, CommandFlags.Buffered, cancellationToken);
}
