using System.Collections.Immutable;
using Dapper;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Storage.Records;

namespace Verification.Storage.SqlServer;

/// <summary>
/// The registry in a SQL Server database that any number of nodes share. Its clock is the server's. Reads rest on
/// READ_COMMITTED_SNAPSHOT: one statement, one snapshot.
/// </summary>
public sealed class SqlServerRegistry : IPermitRegistry, IPermitScan, IAsyncDisposable
{
    private readonly SqlServerRegistryOptions _options;
    private readonly SqlServerConnections _connections;
    private readonly SqlServerCalls _calls;
    private readonly PrimaryHead _primary;
    private readonly SqlServerReplica? _replica;
    private readonly SqlServerRegistry? _feed;
    private readonly RulebookLibrary _rulebooks;
    private readonly TimeProvider _timeProvider;

    private SqlServerRegistry(SqlServerRegistryOptions options, RulebookLibrary rulebooks, TimeProvider timeProvider)
        : this(options, SqlServerConnections.ToPrimary(options), new PrimaryHead(), rulebooks, timeProvider)
    {
        _replica = options.ReplicaConnectionString is { } replica
            ? new SqlServerReplica(SqlServerConnections.ToReplica(replica, options), options.LookupTimeout, _primary)
            : null;
        _feed = new SqlServerRegistry(options, SqlServerConnections.ForFeed(options), _primary, rulebooks, timeProvider);
    }

    private SqlServerRegistry(
        SqlServerRegistryOptions options,
        SqlServerConnections connections,
        PrimaryHead primary,
        RulebookLibrary rulebooks,
        TimeProvider timeProvider)
    {
        _options = options;
        _connections = connections;
        _primary = primary;
        _rulebooks = rulebooks;
        _timeProvider = timeProvider;
        _calls = new SqlServerCalls(options.MaxRepeats);
    }

    /// <summary>
    /// The same registry, on the primary, over a few connections of its own: the feed polls here, and hears of commits in time when
    /// lookups use up their pool. Ends with this one.
    /// </summary>
    public IPermitRegistry Feed => _feed ?? this;

    /// <summary>What it held when it was opened.</summary>
    public RegistryContents Contents { get; private set; } = null!;

    private Rulebook Rulebook => _rulebooks.On(Calendar.DateInBeijing(_timeProvider.GetUtcNow()));

    /// <summary>Opens the registry in a database, and updates its tables where needed; makes them only where that is asked for.</summary>
    /// <param name="options">Where it is; not to be changed afterwards.</param>
    /// <param name="createIfMissing">Whether the tables are made where there are none.</param>
    /// <param name="digestKeyId">The id of the key that identity digests are made with.</param>
    /// <param name="timeProvider">The clock that says which rulebook is in force.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <param name="waiting">Told why the server cannot be reached yet, while it is waited for.</param>
    /// <param name="rulebooks">The rulebooks that events are admitted under; null means those of the product.</param>
    /// <exception cref="RegistryUnavailableException">The database cannot be reached, holds no registry and none may be made, is not fit, or cannot be brought up to date.</exception>
    /// <exception cref="InvalidOperationException">The registry's identity digests were made with another key.</exception>
    public static async Task<SqlServerRegistry> OpenAsync(
        SqlServerRegistryOptions options,
        bool createIfMissing,
        uint digestKeyId,
        TimeProvider timeProvider,
        CancellationToken cancellationToken,
        Action<string>? waiting = null,
        RulebookLibrary? rulebooks = null)
    {
        var registry = new SqlServerRegistry(options, rulebooks ?? RulebookLibrary.Embedded, timeProvider);
        try
        {
            await registry.PrepareAsync(createIfMissing, digestKeyId, waiting, cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<RegistryHead> ReadHeadAsync(CancellationToken cancellationToken) => _primary.Note(await ReadAsync(
        async session => (await session.QuerySingleAsync<EventRow>(SqlServerStatements.ReadHead)).Head,
        cancellationToken));

    /// <inheritdoc/>
    public async Task<PermitLoad> LoadAsync(PermitNumber number, CancellationToken cancellationToken)
    {
        var (history, head) = await LookUpAsync(session => SqlServerLookup.LoadAsync(session, number), cancellationToken);
        return new PermitLoad(history, head);
    }

    /// <inheritdoc/>
    public async Task<RegistrySnapshot> LoadAsync(IReadOnlyCollection<PermitNumber> numbers, CancellationToken cancellationToken)
    {
        var (histories, head) = await LookUpAsync(session => SqlServerLookup.LoadAsync(session, numbers), cancellationToken);
        return new RegistrySnapshot(histories, head);
    }

    /// <inheritdoc/>
    public async Task<PermitPage> ReadPageAsync(PermitNumber after, int limit, CancellationToken cancellationToken)
    {
        var (histories, head) = await LookUpAsync(session => SqlServerLookup.LoadPageAsync(session, after, limit), cancellationToken);
        return new PermitPage(histories, head);
    }

    /// <inheritdoc/>
    public async Task<RegistryChanges> ReadChangesAsync(long sinceRevision, int limit, CancellationToken cancellationToken)
    {
        var changes = await ReadAsync(
            async session => ChangeRow.ToChanges(await session.QueryAsync<ChangeRow>(
                SqlServerStatements.ReadChanges, new DynamicParameters().Long("since", sinceRevision).Whole("limit", limit))),
            cancellationToken);
        _primary.Note(changes.Head);
        return changes;
    }

    /// <inheritdoc/>
    public Task<RegistryStamps> ReadBucketStampsAsync(CancellationToken cancellationToken) => _calls.RunRepeatableAsync(
        _options.OpenTimeout,
        token => InSessionAsync(
            _options.OpenTimeout,
            async session => StampRow.ToStamps(await session.QueryAsync<StampRow>(SqlServerStatements.ReadStamps, new DynamicParameters())),
            token),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(EventAppend append, CancellationToken cancellationToken)
    {
        var timeout = _options.AppendTimeout;
        var result = await _calls.RunRepeatableAsync(
            timeout,
            token => InSessionAsync(timeout, session => SqlServerAppend.RunAsync(session, append, Rulebook, timeout), token),
            cancellationToken);
        _primary.Note(result.Revision);
        return result;
    }

    /// <inheritdoc/>
    public Task<ImportProgress> ReadImportAsync(string importId, CancellationToken cancellationToken) => ReadAsync(
        async session => await SqlServerImport.ReadProgressAsync(session, importId) ?? ImportProgress.None,
        cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<RejectedLine>> ReadRejectsAsync(
        string importId, long afterLine, int limit, CancellationToken cancellationToken) => ReadAsync(
        session => SqlServerImport.ReadRejectsAsync(session, importId, afterLine, limit),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<ImportBatchResult> ImportAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        var timeout = _options.ImportTimeout;
        var runs = 0;
        var result = await _calls.RunRepeatableAsync(
            timeout,
            token => InSessionAsync(timeout, session => SqlServerImport.RunAsync(session, batch, Rulebook, timeout, isRepeat: runs++ > 0), token),
            cancellationToken);
        _primary.Note(result.Progress.Revision);
        return result;
    }

    /// <inheritdoc/>
    public async Task<RegistryHead> MarkRestoredAsync(long jump, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(jump);
        var parameters = new DynamicParameters().Id("registryId", Guid.NewGuid()).Long("jump", jump);
        var timeout = _options.AppendTimeout;
        return _primary.Note(await SqlServerCalls.RunOnceAsync(
            timeout,
            token => InSessionAsync(
                timeout,
                async session =>
                {
                    await session.BeginAsync();
                    var marked = (await session.QuerySingleAsync<EventRow>(SqlServerStatements.MarkRestored, parameters)).Head;
                    await session.CommitAsync();
                    return marked;
                },
                token),
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ClockConfirmation> ConfirmClockAsync(CancellationToken cancellationToken) => SqlServerCalls.RunOnceAsync(
        _options.AppendTimeout,
        token => InSessionAsync(
            _options.AppendTimeout,
            async session =>
            {
                await session.BeginAsync();
                var confirmed = await session.QuerySingleAsync<ConfirmationRow>(SqlServerStatements.ConfirmClock);
                await session.CommitAsync();
                return confirmed.ToConfirmation();
            },
            token),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_feed is not null)
        {
            await _feed.DisposeAsync();
        }

        _connections.Close();
        _replica?.Close();
    }

    private async Task PrepareAsync(
        bool createIfMissing, uint digestKeyId, Action<string>? waiting, CancellationToken cancellationToken)
    {
        var timeout = _options.OpenTimeout;
        var claimed = await new SqlServerStart(timeout, waiting).RunAsync(
            async token =>
            {
                await SqlServerSchema.PrepareAsync(_connections, _options.SnapshotCheck, createIfMissing, timeout, token);
                return await InSessionAsync(
                    timeout,
                    session => session.QuerySingleAsync<long>(
                        SqlServerStatements.ClaimDigestKey, new DynamicParameters().Long("digestKeyId", digestKeyId)),
                    token);
            },
            cancellationToken);
        DigestKeyClaim.Check($"database {_connections.Database}", claimed, digestKeyId);
        var contents = await _calls.RunRepeatableAsync(
            timeout,
            token => InSessionAsync(timeout, session => session.QuerySingleAsync<ContentsRow>(SqlServerStatements.ReadContents), token),
            cancellationToken);
        Contents = contents.ToContents($"database {_connections.Database}");
        _primary.Note(Contents.Head);
    }

    /// <summary>From the replica where there is one that can answer, otherwise from the primary.</summary>
    private async Task<Snapshot<T>> LookUpAsync<T>(Func<SqlServerSession, Task<Snapshot<T>>> load, CancellationToken cancellationToken)
    {
        if (_replica is not null && await _replica.TryLoadInSessionAsync(load, cancellationToken) is { } found)
        {
            return found;
        }

        var answer = await ReadAsync(load, cancellationToken);
        _primary.Note(answer.Head);
        return answer;
    }

    private Task<T> ReadAsync<T>(Func<SqlServerSession, Task<T>> read, CancellationToken cancellationToken) => _calls.RunRepeatableAsync(
        _options.LookupTimeout,
        token => InSessionAsync(_options.LookupTimeout, read, token),
        cancellationToken);

    private async Task<T> InSessionAsync<T>(TimeSpan timeout, Func<SqlServerSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var session = await SqlServerSession.OpenAsync(_connections, timeout, cancellationToken);
        return await work(session);
    }
}
