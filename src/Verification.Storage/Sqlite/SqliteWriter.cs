using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>
/// The one connection that writes, on a thread of its own. Its transactions begin by taking SQLite's write lock, so that everything
/// they read stays true until they commit; other processes wait for it, up to the command time-out.
/// </summary>
internal sealed class SqliteWriter(TimeProvider clock) : IAsyncDisposable
{
    private readonly SqliteThreads _thread = new("registry-writer", 1, clock);
    private SqliteConnection? _connection;
    private OpenFiles? _files;

    /// <summary>The files that it has open.</summary>
    public OpenFiles Files => _files!;

    /// <summary>Prepares the file, then opens the connection. To be called once, before anything else.</summary>
    /// <param name="prepare">Brings the file up to date.</param>
    /// <param name="connectionString">Where the file is.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    public Task OpenAsync(Action prepare, string connectionString, string path, CancellationToken cancellationToken) => _thread.RunAsync(
        () =>
        {
            prepare();
            _connection = new SqliteConnection(connectionString);
            _connection.Open();
            _connection.Execute(SqliteStatements.ConfigureWriter);

            // A first read opens the log and its index, which stay as long as this connection.
            _connection.ExecuteScalar(SqliteStatements.ReadHead);
            return _files = new OpenFiles(path);
        },
        cancellationToken);

    /// <summary>Runs work in one transaction. It commits when the work says so, and changes nothing otherwise.</summary>
    /// <param name="work">Answers its result, and whether to commit. It runs to its end once begun.</param>
    /// <param name="cancellationToken">Ends the caller's wait, not the work: it may commit all the same.</param>
    /// <exception cref="RegistryReplacedException">The files are others by now: what was committed, if anything, is lost.</exception>
    public Task<T> RunAsync<T>(Func<SqliteTransaction, (T Result, bool Commit)> work, CancellationToken cancellationToken) => _thread.RunAsync(
        () => Files.Guard(() =>
        {
            using var transaction = _connection!.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            var (result, commit) = work(transaction);
            if (commit)
            {
                Files.Check();
                transaction.Commit();
            }

            return result;
        }),
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A connection at work on a disk that hangs is left alone: closing it beside its work would break the process.
        if (await _thread.CloseAsync() && _connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
