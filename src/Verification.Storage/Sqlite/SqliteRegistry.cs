using System.Collections.Immutable;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Migrations;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>
/// The registry in one SQLite file: the embedded default, with nothing to install. Write-ahead log, <c>synchronous = FULL</c>: what
/// was answered as committed survives a power cut.
/// </summary>
public sealed class SqliteRegistry : IPermitRegistry, IPermitScan, IAsyncDisposable
{
    /// <summary>Lookups at the same time. More than cores: some wait for the disk.</summary>
    private static readonly int LookupThreads = Math.Clamp(2 * Environment.ProcessorCount, 8, 32);

    private readonly string _connectionString;
    private readonly RulebookLibrary _rulebooks;
    private readonly TimeProvider _timeProvider;
    private readonly SqliteWriter _writer;
    private readonly SqliteThreads _lookups;

    // Of their own, so that neither lookups nor the long scan for the stamps hold up a poll.
    private readonly SqliteThreads _polls;
    private readonly SqliteThreads _scan;

    private SqliteRegistry(string connectionString, RulebookLibrary rulebooks, TimeProvider timeProvider)
    {
        _connectionString = connectionString;
        _rulebooks = rulebooks;
        _timeProvider = timeProvider;
        _writer = new SqliteWriter(timeProvider);
        _lookups = new SqliteThreads("registry-lookup", LookupThreads, timeProvider);
        _polls = new SqliteThreads("registry-poll", 2, timeProvider);
        _scan = new SqliteThreads("registry-scan", 1, timeProvider);
    }

    /// <summary>What it held when it was opened.</summary>
    public RegistryContents Contents { get; private set; } = null!;

    /// <summary>Opens the registry in a file.</summary>
    /// <param name="databasePath">The file; its folder exists.</param>
    /// <param name="createIfMissing">Whether a registry is made where there is none.</param>
    /// <param name="digestKeyId">The id of the key that identity digests are made with.</param>
    /// <param name="timeProvider">The clock; the registry's clock is this process's.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <param name="rulebooks">The rulebooks that events are admitted under; null means those of the product.</param>
    /// <exception cref="RegistryUnavailableException">
    /// There is no registry and none may be made, the file is another program's, or it cannot be opened or brought up to date.
    /// </exception>
    /// <exception cref="InvalidOperationException">The registry's identity digests were made with another key.</exception>
    public static async Task<SqliteRegistry> OpenAsync(
        string databasePath,
        bool createIfMissing,
        uint digestKeyId,
        TimeProvider timeProvider,
        CancellationToken cancellationToken,
        RulebookLibrary? rulebooks = null)
    {
        var path = Path.GetFullPath(databasePath);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
        }.ToString();
        var registry = new SqliteRegistry(connectionString, rulebooks ?? RulebookLibrary.Embedded, timeProvider);
        try
        {
            await registry._writer.OpenAsync(
                () => Prepare(path, createIfMissing, connectionString), connectionString, path, cancellationToken);
            var claimed = await registry.WriteAsync(
                transaction => (transaction.Connection!.QuerySingle<long>(SqliteStatements.ClaimDigestKey, new { digestKeyId }, transaction), true),
                cancellationToken);
            DigestKeyClaim.Check(path, claimed, digestKeyId);
            registry.Contents = await registry.ReadContentsAsync(path, cancellationToken);
            return registry;
        }
        catch (Exception exception)
        {
            await registry.DisposeAsync();
            if (SqliteFaults.IsFault(exception))
            {
                throw SqliteFaults.Unavailable(exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => ReadAsync(
        _polls, (connection, asOf) => SqliteReads.Head(connection, null, asOf), cancellationToken);

    /// <inheritdoc/>
    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) => ReadAsync(
        _lookups, (connection, asOf) => SqliteReads.Permit(connection, number, asOf), cancellationToken);

    /// <inheritdoc/>
    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) => ReadAsync(
        _lookups, (connection, asOf) => SqliteReads.Permits(connection, numbers, asOf), cancellationToken);

    /// <inheritdoc/>
    public Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken) => ReadAsync(
        _lookups, (connection, asOf) => SqliteReads.Page(connection, after, limit, asOf), cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) => ReadAsync(
        _polls, (connection, asOf) => SqliteReads.Changes(connection, sinceRevision, limit, asOf), cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) => ReadAsync(
        _scan, SqliteReads.Stamps, cancellationToken);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) =>
        WriteAsync(
            transaction =>
            {
                var now = _timeProvider.GetUtcNow();
                return SqliteAppend.Append(transaction, append, RulebookAt(now), now);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => ReadAsync(
        _lookups, (connection, _) => SqliteImport.ReadProgress(connection, null, importId), cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => ReadAsync(
        _lookups, (connection, _) => SqliteReads.Rejects(connection, importId, afterLine, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) =>
        WriteAsync(
            transaction =>
            {
                var now = _timeProvider.GetUtcNow();
                return (SqliteImport.Load(transaction, batch, RulebookAt(now), now), true);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(jump);
        return WriteAsync(
            transaction =>
            {
                var asOf = _timeProvider.GetUtcNow();
                var registryId = Guid.NewGuid().ToString("N");
                transaction.Connection!.Execute(SqliteStatements.MarkRestored, new { registryId, jump }, transaction);
                return (SqliteReads.Head(transaction.Connection!, transaction, asOf), true);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) => WriteAsync(
        transaction =>
        {
            var at = _timeProvider.GetUtcNow();
            var revision = transaction.Connection!.ExecuteScalar<long>(
                SqliteStatements.ConfirmClock, new { at = StoredTime.ToMicroseconds(at) }, transaction);
            return (new ClockConfirmation(revision, at), true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var idle = await Task.WhenAll(_lookups.CloseAsync(), _polls.CloseAsync(), _scan.CloseAsync());
        if (!idle.Contains(false))
        {
            using var any = new SqliteConnection(_connectionString);
            SqliteConnection.ClearPool(any);
        }

        await _writer.DisposeAsync();
    }

    private static void Prepare(string path, bool createIfMissing, string connectionString)
    {
        SqliteFile.Prepare(path, createIfMissing);
        RegistryMigrations.Run(DeployChanges.To.SqliteDatabase(connectionString), "Sqlite");
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute(SqliteStatements.ConfigureFile);
    }

    private static async Task<T> GuardAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception exception) when (SqliteFaults.IsFault(exception))
        {
            throw SqliteFaults.Unavailable(exception);
        }
    }

    private async Task<RegistryContents> ReadContentsAsync(string path, CancellationToken cancellationToken)
    {
        var (head, last) = await ReadAsync(
            _scan, (connection, asOf) => (SqliteReads.Head(connection, null, asOf), SqliteReads.Last(connection, null)), cancellationToken);
        return new RegistryContents(path, head, await CountEventsAsync(cancellationToken), last?.At);
    }

    private async Task<long?> CountEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(_scan, (connection, _) => connection.ExecuteScalar<long>(SqliteStatements.CountEvents), cancellationToken);
        }
        catch (RegistryDamagedException)
        {
            return null;
        }
    }

    private Rulebook RulebookAt(DateTimeOffset now) => _rulebooks.On(Calendar.DateInBeijing(now));

    private Task<T> ReadAsync<T>(
        SqliteThreads threads, Func<SqliteConnection, DateTimeOffset, T> work, CancellationToken cancellationToken) => GuardAsync(threads.RunAsync(
        () => _writer.Files.Guard(() =>
        {
            // The clock before the snapshot: what was committed before it is in the snapshot.
            var asOf = _timeProvider.GetUtcNow();
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            return work(connection, asOf);
        }),
        cancellationToken));

    private Task<T> WriteAsync<T>(Func<SqliteTransaction, (T Result, bool Commit)> work, CancellationToken cancellationToken) =>
        GuardAsync(_writer.RunAsync(work, cancellationToken));
}
