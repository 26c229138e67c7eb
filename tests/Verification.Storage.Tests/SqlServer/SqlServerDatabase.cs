using Dapper;
using Microsoft.Data.SqlClient;
using Polly;
using Polly.Retry;
using Verification.SqlServerSupport;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>
/// A database of its own for one test. Where the server refuses to make one, the database that the connection string names is used
/// instead, and the registry's tables in it are dropped first.
/// </summary>
internal sealed class SqlServerDatabase : IAsyncDisposable
{
    /// <summary>The tests that use a live server run one after the other: they may have to share a database.</summary>
    public const string Collection = "SQL Server";

    private const string DropTables =
        """
        DROP TABLE IF EXISTS dbo.import_line;
        DROP TABLE IF EXISTS dbo.import_reject;
        DROP TABLE IF EXISTS dbo.import;
        DROP TABLE IF EXISTS dbo.append_request;
        DROP TABLE IF EXISTS dbo.event;
        DROP TABLE IF EXISTS dbo.registry;
        DROP TABLE IF EXISTS dbo.SchemaVersions;
        """;

    private static readonly string[] SystemDatabases = ["", "master", "model", "msdb", "tempdb"];

    private static readonly ResiliencePipeline WhileInUse = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SqlException>(),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    private readonly string _server;
    private readonly string _name;

    private SqlServerDatabase(string server, string name, bool isOwn)
    {
        _server = server;
        _name = name;
        IsOwn = isOwn;
        ConnectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Whether READ_COMMITTED_SNAPSHOT is as the test asked; not every server has the setting.</summary>
    public bool HasSettingAsked { get; private set; }

    /// <summary>Whether the database was made for the test, and goes with it.</summary>
    public bool IsOwn { get; }

    /// <summary>An empty database. Skips the test where there is no server.</summary>
    public static async Task<SqlServerDatabase> CreateAsync(bool withSnapshots = true)
    {
        var server = await SqlServerTestServer.ConnectionStringOrSkipAsync();
        var database = await CreateOnAsync(server);
        try
        {
            await database.SetSnapshotsAsync(withSnapshots);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings with times that a busy machine keeps.</summary>
    public SqlServerRegistryOptions Options() => new()
    {
        ConnectionString = ConnectionString,
        MinPoolSize = 0,
        LookupTimeout = TimeSpan.FromSeconds(20),
        AppendTimeout = TimeSpan.FromSeconds(60),
        SnapshotCheck = HasSettingAsked ? SnapshotCheck.Setting : SnapshotCheck.Trial,
    };

    public Task<SqlServerRegistry> OpenAsync(TimeProvider clock, uint digestKeyId = 1, SqlServerRegistryOptions? options = null, bool createIfMissing = true) =>
        SqlServerRegistry.OpenAsync(options ?? Options(), createIfMissing, digestKeyId, clock, TestContext.Current.CancellationToken);

    public async Task<T> ReadAsync<T>(string statement)
    {
        await using var connection = new SqlConnection(WithoutPool(ConnectionString));
        return await connection.QuerySingleAsync<T>(statement);
    }

    public Task ExecuteAsync(string statement) => ExecuteAsync(ConnectionString, statement);

    public async ValueTask DisposeAsync()
    {
        if (!IsOwn)
        {
            return;
        }

        try
        {
            // The server notices a little later that the pool has closed its connections.
            await WhileInUse.ExecuteAsync(async _ => await ExecuteAsync(_server, $"DROP DATABASE [{_name}]"));
        }
        catch (SqlException)
        {
            await DropWhateverUsesItAsync();
        }
    }

    /// <summary>A database that stays behind is worth a word, but says nothing of what was tested.</summary>
    private async Task DropWhateverUsesItAsync()
    {
        try
        {
            await ExecuteAsync(_server, $"ALTER DATABASE [{_name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{_name}]");
        }
        catch (SqlException refused)
        {
            TestContext.Current.AddWarning($"The database {_name} could not be dropped: {refused.Message}");
        }
    }

    private static async Task<SqlServerDatabase> CreateOnAsync(string server)
    {
        var name = $"verification_test_{Guid.NewGuid():N}";
        var named = new SqlConnectionStringBuilder(server).InitialCatalog;
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE [{name}]");
            return new SqlServerDatabase(server, name, isOwn: true);
        }
        catch (SqlException) when (!SystemDatabases.Contains(named, StringComparer.OrdinalIgnoreCase))
        {
            await ExecuteAsync(server, DropTables);
            return new SqlServerDatabase(server, named, isOwn: false);
        }
    }

    private async Task SetSnapshotsAsync(bool on)
    {
        if (await ReadAsync<bool?>(SqlServerStatements.IsReadCommittedSnapshotOn) != on)
        {
            try
            {
                var setting = on ? "ON" : "OFF";
                await ExecuteAsync(_server, $"ALTER DATABASE [{_name}] SET READ_COMMITTED_SNAPSHOT {setting} WITH ROLLBACK IMMEDIATE");
            }
            catch (SqlException refused)
            {
                TestContext.Current.AddWarning($"The server does not set READ_COMMITTED_SNAPSHOT: {refused.Message}");
            }
        }

        HasSettingAsked = await ReadAsync<bool?>(SqlServerStatements.IsReadCommittedSnapshotOn) == on;
    }

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new SqlConnection(WithoutPool(connectionString));
        await connection.ExecuteAsync(statement, commandTimeout: 120);
    }

    private static string WithoutPool(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
