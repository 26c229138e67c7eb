using System.Data;
using DbUp;
using Microsoft.Data.SqlClient;
using Verification.Audit.Migrations;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.SqlServer;

/// <summary>
/// The tables in a database of SQL Server. A call takes no longer than its time, whatever the server does: a frozen one never acknowledges
/// that a command was cancelled, so the caller stops waiting for it. Nothing is repeated here: the copier comes again by itself.
/// </summary>
internal sealed class SqlServerAuditTables : IAuditTables
{
    private const string ApplicationName = "permit-verification-audit";

    private readonly string _connectionString;
    private readonly TimeSpan _timeout;

    /// <param name="connectionString">Where it is; a secret.</param>
    /// <param name="timeout">The longest that a call may take.</param>
    public SqlServerAuditTables(string connectionString, TimeSpan timeout)
    {
        _timeout = timeout;
        _connectionString = new SqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = ApplicationName,
            Enlist = false,
            PersistSecurityInfo = false,
            ConnectRetryCount = 0,
            PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock,
        }.ConnectionString;
    }

    /// <inheritdoc/>
    public AuditStatements Statements { get; } = new SqlServerStatements();

    private int CommandTimeout => (int)Math.Ceiling(_timeout.TotalSeconds);

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            // The lock belongs to a session that no pool keeps: it ends with this call, whatever happens.
            var alone = new SqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString;
            await using var holder = await OpenAsync(alone, token);
            var session = new SqlServerSession(holder, null, CommandTimeout, token);
            var wait = new { WaitMilliseconds = (int)_timeout.TotalMilliseconds };
            var locked = (await session.QueryAsync<int>(SqlServerStatements.LockMigrations, wait)).Single();
            if (locked < 0)
            {
                throw new AuditDatabaseException("Another node is making the audit database's tables and did not finish in time.");
            }

            var engine = DeployChanges.To.SqlDatabase(_connectionString).JournalToSqlTable("dbo", "audit_schema_versions").WithExecutionTimeout(_timeout);
            return AuditMigrations.Run(engine, "SqlServer") is { } failed
                ? throw new AuditDatabaseException($"The audit database's tables could not be brought up to date: {failed.Message}", failed)
                : true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<IAuditSession, Task<T>> work, CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            await using var connection = await OpenAsync(_connectionString, token);
            return await work(new SqlServerSession(connection, null, CommandTimeout, token));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> WriteAsync(Func<IAuditSession, Task<bool>> work, CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            await using var connection = await OpenAsync(_connectionString, token);
            await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, token);
            var commits = await work(new SqlServerSession(connection, transaction, CommandTimeout, token));
            if (commits)
            {
                await transaction.CommitAsync(token);
            }

            return commits;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        using var connection = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private static async Task<SqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>On another thread: the driver begins and commits transactions by blocking the one it is called on.</summary>
    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_timeout);
        var token = deadline.Token;
        var running = Task.Run(() => call(token), token);
        try
        {
            return await running.WaitAsync(token);
        }
        catch (Exception exception) when (token.IsCancellationRequested && (exception is OperationCanceledException || IsFault(exception)))
        {
            // Nobody waits for it any more: how it ends is of no interest.
            _ = running.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw new AuditDatabaseException($"The audit database could not answer: it took longer than {_timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw new AuditDatabaseException($"The audit database could not answer: {exception.Message}", exception);
        }
    }

    private static bool IsFault(Exception exception) =>
        exception is SqlException or InvalidOperationException or IOException or InvalidDataException;
}
