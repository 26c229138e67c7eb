using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.SqlServerSupport;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>What the SQL Server store does beyond what every registry must, on a live server.</summary>
[Collection(SqlServerDatabase.Collection)]
public sealed class SqlServerRegistryTests : IAsyncLifetime
{
    private SqlServerDatabase? _database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqlServerDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await SqlServerDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Open_TenNodesOnAnEmptyDatabase_MigrateOnce()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Database.OpenAsync(TimeProvider.System), Token)));

        var heads = await Task.WhenAll(nodes.Select(node => node.ReadHeadAsync(Token)));
        Assert.Single(heads.Select(head => head.RegistryId).Distinct());
        Assert.Equal(1, await Database.ReadAsync<int>("SELECT COUNT(*) FROM dbo.SchemaVersions"));
        await CloseAsync(nodes);
    }

    [Fact]
    public async Task Open_DatabaseWithoutSnapshots_SaysHowToSetThem()
    {
        Assert.SkipUnless(Database.IsOwn, "The database is not the test's own to change.");
        var server = await SqlServerTestServer.ConnectionStringOrSkipAsync();
        Assert.SkipWhen(await AlwaysHasSnapshotsAsync(server), "This server has READ_COMMITTED_SNAPSHOT always on.");
        await using var without = await SqlServerDatabase.CreateAsync(withSnapshots: false);
        Assert.SkipUnless(without.HasSettingAsked, "This server does not let READ_COMMITTED_SNAPSHOT be turned off.");

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => without.OpenAsync(TimeProvider.System));

        Assert.Contains("SET READ_COMMITTED_SNAPSHOT ON", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SnapshotsTried_OpensAndRecordsNothing()
    {
        var options = Database.Options();
        options.SnapshotCheck = SnapshotCheck.Trial;

        await using var registry = await Database.OpenAsync(TimeProvider.System, options: options);

        Assert.Equal(0, (await registry.ReadHeadAsync(Token)).Revision);
    }

    [Fact]
    public async Task Open_DigestsOfAnotherKey_IsRefusedByName()
    {
        await using (await Database.OpenAsync(TimeProvider.System, digestKeyId: 1))
        {
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Database.OpenAsync(TimeProvider.System, digestKeyId: 2));

        Assert.Contains("00000001", refused.Message, StringComparison.Ordinal);
        Assert.Contains("00000002", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_MoreNumbersThanAStatementHolds_AnswersAll()
    {
        await using var registry = await Database.OpenAsync(TimeProvider.System);
        var numbers = Enumerable.Range(0, 2_500).Select(Number).ToList();
        await registry.ImportAsync(Batch(numbers), Token);

        var snapshot = await registry.LoadAsync([.. numbers, .. Enumerable.Range(9_000, 500).Select(Number)], Token);

        Assert.Equal(2_500, snapshot.Head.Revision);
        Assert.Equal(numbers.Order(Comparer<PermitNumber>.Create(Compare)), snapshot.Histories.Keys.Order(Comparer<PermitNumber>.Create(Compare)));
    }

    [Fact]
    public async Task Import_LargeBatchWithRejects_LoadsTheRestWithoutGaps()
    {
        await using var registry = await Database.OpenAsync(TimeProvider.System);
        var numbers = Enumerable.Range(0, 5_000).Select(i => Number(i / 2)).ToList();

        var result = await registry.ImportAsync(Batch(numbers), Token);

        Assert.Equal(2_500, result.Rejects.Length);
        Assert.All(result.Rejects, reject => Assert.Equal(RejectCode.AlreadyIssued, reject.Rejection.Code));
        var changes = await registry.ReadChangesAsync(0, 10_000, Token);
        Assert.Equal(Enumerable.Range(1, 2_500).Select(i => new RegistryChange(i, Number(i - 1))), changes.Changes);
        Assert.Equal(0, await Database.ReadAsync<int>("SELECT COUNT(*) FROM dbo.import_line"));
    }

    /// <summary>What a repeat finds after a commit whose answer was lost.</summary>
    [Fact]
    public async Task Import_RepeatOfACommittedBatch_ReportsItAndChangesNothing()
    {
        await using var registry = await Database.OpenAsync(TimeProvider.System);
        var batch = Batch([Number(1), Number(1), Number(2)]);
        var first = await registry.ImportAsync(batch, Token);

        ImportBatchResult again;
        await using (var session = await SqlServerSession.OpenAsync(
            SqlServerConnections.ToPrimary(Database.Options()), TimeSpan.FromSeconds(20), Token))
        {
            again = await SqlServerImport.RunAsync(session, batch, RulebookLibrary.Embedded.On(new DateOnly(2026, 11, 22)), TimeSpan.FromMinutes(1), isRepeat: true);
        }

        Assert.Equal(first.Progress, again.Progress);
        Assert.Equal(first.Rejects, again.Rejects);
        Assert.Equal(2, (await registry.ReadHeadAsync(Token)).Revision);
        Assert.Equal(0, await Database.ReadAsync<int>("SELECT COUNT(*) FROM dbo.import_line"));
    }

    [Fact]
    public async Task Load_ReplicaThatHasCaughtUp_AnswersWithThePrimarysClock()
    {
        var options = Database.Options();
        options.ReplicaConnectionString = Database.ConnectionString;
        await using var registry = await Database.OpenAsync(TimeProvider.System, options: options);
        await registry.AppendAsync(Issue("one", Number(1)), Token);
        var head = await registry.ReadHeadAsync(Token);

        var load = await registry.LoadAsync(Number(1), Token);

        Assert.NotNull(load.History);
        Assert.Equal(head, load.Head);
    }

    [Fact]
    public async Task Load_ReplicaThatIsDown_IsAnsweredByThePrimary()
    {
        using var port = new ClosedPort();
        var options = Database.Options();
        options.ReplicaConnectionString = $"Server=tcp:127.0.0.1,{port.Number};Database=registry;User ID=sa;Password=none;Encrypt=False";
        await using var registry = await Database.OpenAsync(TimeProvider.System, options: options);
        await registry.AppendAsync(Issue("one", Number(1)), Token);

        Assert.NotNull((await registry.LoadAsync(Number(1), Token)).History);
    }

    [Fact]
    public async Task Feed_LookupsPoolUsedUp_StillAnswers()
    {
        var options = Database.Options();
        options.ConnectionString += ";Max Pool Size=1";
        options.LookupTimeout = TimeSpan.FromSeconds(5);
        await using var registry = await Database.OpenAsync(TimeProvider.System, options: options);
        await registry.AppendAsync(Issue("one", Number(1)), Token);

        await using (await SqlServerConnections.ToPrimary(options).OpenAsync(TimeSpan.FromMinutes(1), Token))
        {
            var loading = registry.LoadAsync(Number(1), Token);
            var changes = await registry.Feed.ReadChangesAsync(0, 10, Token);

            Assert.Equal(1, changes.Head.Revision);
            await Assert.ThrowsAsync<RegistryUnavailableException>(() => loading);
        }

        Assert.NotNull((await registry.LoadAsync(Number(1), Token)).History);
    }

    [Fact]
    public async Task Load_DamagedEvent_IsUnavailableAndNoAnswer()
    {
        await using var registry = await Database.OpenAsync(TimeProvider.System);
        await registry.AppendAsync(Issue("one", Number(1)), Token);
        await Database.ExecuteAsync("UPDATE dbo.event SET payload = N'{\"kind\":\"passport\"}'");

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => registry.LoadAsync(Number(1), Token));
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => registry.LoadAsync([Number(1)], Token));
    }

    private static async Task<bool> AlwaysHasSnapshotsAsync(string server)
    {
        await using var connection = new Microsoft.Data.SqlClient.SqlConnection(server);
        return await Dapper.SqlMapper.QuerySingleAsync<int>(
            connection, "SELECT COUNT(*) FROM sys.databases WHERE name IN ('master', 'msdb') AND is_read_committed_snapshot_on = 1") == 2;
    }

    private static async Task CloseAsync(IEnumerable<SqlServerRegistry> nodes)
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static int Compare(PermitNumber one, PermitNumber other) => string.CompareOrdinal(one.ToString(), other.ToString());

    private static PermitNumber Number(int index) => PermitNumber.Parse($"BJ{index:00000000}");

    private static EventAppend Issue(string requestId, PermitNumber number) =>
        new(requestId, number, new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit), "bureau");

    private static ImportBatch Batch(List<PermitNumber> numbers) => new(
        "file",
        0,
        numbers.Count,
        [.. numbers.Select((number, index) => new ImportLine(index + 1, new PermitStatement(number, Issue("none", number).Event)))],
        "digest",
        IsLast: true,
        "importer");
}
