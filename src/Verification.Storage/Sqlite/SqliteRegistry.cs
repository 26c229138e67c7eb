using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
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
public sealed class SqliteRegistry : IPermitRegistry, IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _timeProvider;

    private SqliteRegistry(string connectionString, TimeProvider timeProvider)
    {
        _connectionString = connectionString;
        _timeProvider = timeProvider;
        _writer = new SqliteWriter(connectionString);
    }

    private Rulebook Rulebook => RulebookLibrary.On(Calendar.DateInBeijing(_timeProvider.GetUtcNow()));

    /// <summary>Opens the registry in a file, and makes it where there is none.</summary>
    /// <param name="databasePath">The file; its folder exists.</param>
    /// <param name="digestKeyId">The id of the key that identity digests are made with.</param>
    /// <param name="timeProvider">The clock; the registry's clock is this process's.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="RegistryUnavailableException">The file cannot be opened or brought up to date.</exception>
    /// <exception cref="InvalidOperationException">The registry's identity digests were made with another key.</exception>
    public static async Task<SqliteRegistry> OpenAsync(
        string databasePath, uint digestKeyId, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connectionString = new SqliteConnectionStringBuilder { DataSource = databasePath, ForeignKeys = true }.ToString();
        var registry = Guard(() =>
        {
            using (var connection = new SqliteConnection(connectionString))
            {
                connection.Open();
                connection.Execute(SqliteStatements.ConfigureFile);
            }

            RegistryMigrations.Run(DeployChanges.To.SqliteDatabase(connectionString), "Sqlite");
            return new SqliteRegistry(connectionString, timeProvider);
        });
        try
        {
            var claimed = await registry.WriteAsync(
                transaction => (transaction.Connection!.QuerySingle<long>(SqliteStatements.ClaimDigestKey, new { digestKeyId }, transaction), true),
                cancellationToken);
            DigestKeyClaim.Check(databasePath, claimed, digestKeyId);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => ReadAsync(
        (connection, asOf) => ReadHead(connection, null, asOf),
        cancellationToken);

    /// <inheritdoc/>
    public Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken) => ReadAsync(
        (connection, asOf) =>
        {
            var rows = connection.Query<EventRow>(SqliteStatements.Load, new { permit = number.ToString() }).AsList();
            return new PermitLoad(EventRow.ToHistory(number, rows), HeadOf(rows[0].RegistryId, rows[0].Counter, asOf));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken) => ReadAsync(
        (connection, asOf) =>
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            var head = ReadHead(connection, transaction, asOf);
            var permits = JsonSerializer.Serialize(numbers.Distinct().Select(number => number.ToString()));
            var histories = connection.Query<EventRow>(SqliteStatements.LoadMany, new { permits }, transaction)
                .GroupBy(row => row.Permit)
                .Select(rows => EventRow.ToHistory(PermitNumber.FromStored(rows.Key), rows)!)
                .ToDictionary(history => history.Number);
            return new RegistrySnapshot(histories, head);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken) => ReadAsync(
        (connection, asOf) =>
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            var head = ReadHead(connection, transaction, asOf);
            var mark = connection.QuerySingleOrDefault<MarkRow>(SqliteStatements.ReadMark, new { revision = sinceRevision }, transaction);
            var changes = connection.Query<(long Revision, string Permit)>(
                SqliteStatements.ReadChanges, new { since = sinceRevision, limit }, transaction);
            return new RegistryChanges(
                head,
                mark?.ToMark(),
                [.. changes.Select(change => new RegistryChange(change.Revision, PermitNumber.FromStored(change.Permit)))]);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) => ReadAsync(
        (connection, asOf) =>
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            var head = ReadHead(connection, transaction, asOf);
            var stamps = new long[RegistryStamps.BucketCount];
            foreach (var (bucket, revision) in connection.Query<(long, long)>(SqliteStatements.ReadStamps, transaction: transaction))
            {
                stamps[bucket] = revision;
            }

            return new RegistryStamps(head, ImmutableCollectionsMarshal.AsImmutableArray(stamps));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken) =>
        WriteAsync(transaction => SqliteAppend.Append(transaction, append, Rulebook, _timeProvider.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => ReadAsync(
        (connection, _) => SqliteImport.ReadProgress(connection, null, importId),
        cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => ReadAsync(
        (connection, _) => connection
            .Query<StoredReject>(SqliteStatements.ReadRejects, new { importId, afterLine, limit })
            .Select(row => row.ToRejectedLine())
            .ToImmutableArray(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken) =>
        WriteAsync(transaction => (SqliteImport.Load(transaction, batch, Rulebook, _timeProvider.GetUtcNow()), true), cancellationToken);

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
                return (ReadHead(transaction.Connection!, transaction, asOf), true);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static RegistryHead ReadHead(SqliteConnection connection, SqliteTransaction? transaction, DateTimeOffset asOf)
    {
        var (registryId, counter) = connection.QuerySingle<(string, long)>(SqliteStatements.ReadHead, transaction: transaction);
        return HeadOf(registryId, counter, asOf);
    }

    private static RegistryHead HeadOf(string registryId, long counter, DateTimeOffset asOf) =>
        new(Guid.ParseExact(registryId, "N"), counter, asOf);

    /// <summary>What SQLite or damaged rows say becomes one exception: the registry could not answer.</summary>
    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is SqliteException or FormatException or ArgumentException)
        {
            throw Unavailable(exception);
        }
    }

    private static RegistryUnavailableException Unavailable(Exception cause) =>
        new($"The registry could not answer: {cause.Message}", cause);

    private Task<T> ReadAsync<T>(Func<SqliteConnection, DateTimeOffset, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Guard(() =>
        {
            // The clock before the snapshot: what was committed before it is in the snapshot.
            var asOf = _timeProvider.GetUtcNow();
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            return work(connection, asOf);
        }));
    }

    private async Task<T> WriteAsync<T>(Func<SqliteTransaction, (T Result, bool Commit)> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _writer.RunAsync(work, cancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException or FormatException or ArgumentException)
        {
            throw Unavailable(exception);
        }
    }
}
