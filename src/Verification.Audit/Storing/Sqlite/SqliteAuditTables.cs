using System.Data;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;
using Verification.Audit.Migrations;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Sqlite;

/// <summary>The tables in a file of SQLite.</summary>
/// <param name="path">The file; its folder exists.</param>
internal sealed class SqliteAuditTables(string path) : IAuditTables
{
    // More than cores: some wait for the disk.
    private readonly BlockingCalls _reads = new(8);

    // SQLite has one writer at a time. Others' work waits here, and not in the file's lock.
    private readonly BlockingCalls _writes = new(1);

    /// <inheritdoc/>
    public AuditStatements Statements { get; } = new SqliteStatements();

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(_writes.RunAsync(
        () =>
        {
            using (var connection = Open(SqliteOpenMode.ReadWriteCreate))
            {
                connection.Execute(SqliteStatements.Configure);
            }

            return AuditMigrations.Run(DeployChanges.To.SqliteDatabase(ConnectionString(SqliteOpenMode.ReadWrite)), "Sqlite") is { } failed
                ? throw new AuditDatabaseException($"The audit database's tables could not be brought up to date: {failed.Message}", failed)
                : true;
        },
        cancellationToken));

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<IAuditSession, Task<T>> work, CancellationToken cancellationToken) => GuardAsync(_reads.RunAsync(
        () =>
        {
            using var connection = Open(SqliteOpenMode.ReadWrite);
            return Now(work(new SqliteSession(connection, null)));
        },
        cancellationToken));

    /// <inheritdoc/>
    public Task<bool> WriteAsync(Func<IAuditSession, Task<bool>> work, CancellationToken cancellationToken) => GuardAsync(_writes.RunAsync(
        () =>
        {
            using var connection = Open(SqliteOpenMode.ReadWrite);
            using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            var commits = Now(work(new SqliteSession(connection, transaction)));
            if (commits)
            {
                transaction.Commit();
            }

            return commits;
        },
        cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
    }

    /// <summary>The session's tasks are complete, and so is what awaits nothing else.</summary>
    private static T Now<T>(Task<T> work) => work.GetAwaiter().GetResult();

    private static async Task<T> GuardAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new AuditDatabaseException($"The audit database could not answer: {exception.Message}", exception);
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(ConnectionString(mode));
        try
        {
            connection.Open();
            connection.Execute("PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Without a pool: a file that was put in place of another is the one that is opened next.
    private string ConnectionString(SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, ForeignKeys = true }.ToString();
}
