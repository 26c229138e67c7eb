using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Verification.Storage.Sqlite;

/// <summary>
/// The one connection that writes. Its transactions begin by taking SQLite's write lock, so that everything they read stays true
/// until they commit; other processes wait for it, up to the command time-out.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public SqliteWriter(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        _connection.Execute(SqliteStatements.ConfigureWriter);
    }

    /// <summary>Runs work in one transaction. It commits when the work says so, and changes nothing otherwise.</summary>
    /// <param name="work">Answers its result, and whether to commit. It runs to its end once begun.</param>
    /// <param name="cancellationToken">Ends the wait for the connection, not the work.</param>
    public async Task<T> RunAsync<T>(Func<SqliteTransaction, (T Result, bool Commit)> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using var transaction = _connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            var (result, commit) = work(transaction);
            if (commit)
            {
                transaction.Commit();
            }

            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await _connection.DisposeAsync();
        _turn.Dispose();
    }
}
