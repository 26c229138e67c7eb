using Dapper;
using DbUp;
using DbUp.Builder;
using Verification.Core.Registry;
using Verification.Storage.Migrations;

namespace Verification.Storage.SqlServer;

/// <summary>Makes sure that a database is fit to hold the registry, and brings its tables up to date.</summary>
internal static class SqlServerSchema
{
    private const string Scripts = "SqlServer";

    /// <summary>Checks the database, and migrates it: once, however many nodes start together.</summary>
    /// <exception cref="RegistryUnavailableException">
    /// The database holds no registry and none may be made, is not fit, or a script failed.
    /// </exception>
    public static async Task PrepareAsync(
        SqlServerConnections connections,
        SnapshotCheck check,
        bool createIfMissing,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        await SqlServerTables.CheckAsync(connections, createIfMissing, timeout, cancellationToken);
        if (check == SnapshotCheck.Setting)
        {
            await SnapshotReads.CheckSettingAsync(connections, timeout, cancellationToken);
        }

        // A node whose login may not change tables opens a registry that another has brought up to date.
        if (!RegistryMigrations.AreDone(Engine(connections, timeout), Scripts))
        {
            await MigrateAsync(connections, timeout, cancellationToken);
        }

        if (check == SnapshotCheck.Trial)
        {
            await SnapshotReads.TryAsync(connections, timeout, cancellationToken);
        }
    }

    /// <summary>The lock belongs to a session of its own, which no pool keeps: it ends with this method, whatever happens.</summary>
    private static async Task MigrateAsync(SqlServerConnections connections, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var holder = await SqlServerSession.OpenAsync(connections.WithoutPool(), timeout, cancellationToken);
        var wait = new DynamicParameters().Whole("waitMilliseconds", (int)timeout.TotalMilliseconds);
        var result = await holder.QuerySingleAsync<int>(SqlServerStatements.LockMigrations, wait);
        if (result < 0)
        {
            throw new RegistryUnavailableException(
                $"Another node is migrating the registry and did not finish in time (sp_getapplock: {result}).");
        }

        cancellationToken.ThrowIfCancellationRequested();
        RegistryMigrations.Run(Engine(connections, timeout), Scripts);
    }

    private static UpgradeEngineBuilder Engine(SqlServerConnections connections, TimeSpan timeout) => DeployChanges.To
        .SqlDatabase(connections.ConnectionString)
        .JournalToSqlTable("dbo", "SchemaVersions")
        .WithExecutionTimeout(timeout);
}
