using Dapper;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Makes sure that every statement reads from one snapshot. Without it a read would see some rows before and some after a commit, and
/// the counter of neither.
/// </summary>
internal static class SnapshotReads
{
    /// <summary>How long a reader may take beside a writer; one that waits for the writer takes for ever.</summary>
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the database's setting.</summary>
    /// <exception cref="RegistryUnavailableException">It is off.</exception>
    public static async Task CheckSettingAsync(SqlServerConnections connections, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var session = await SqlServerSession.OpenAsync(connections, timeout, cancellationToken);
        var settings = await session.QueryAsync<bool?>(SqlServerStatements.IsReadCommittedSnapshotOn);
        if (settings is not [true])
        {
            throw new RegistryUnavailableException(
                $"The registry needs READ_COMMITTED_SNAPSHOT, and it is off in database {connections.Database}. Set it once, while nobody "
                + $"is connected: ALTER DATABASE [{connections.Database}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");
        }
    }

    /// <summary>Reads beside a write that is not committed, and never will be. The tables are there.</summary>
    /// <exception cref="RegistryUnavailableException">The reader waited for the writer, or saw what was not committed.</exception>
    public static async Task TryAsync(SqlServerConnections connections, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Two connections at a time, whatever the pool's size is.
        var unpooled = connections.WithoutPool();
        await using var writer = await SqlServerSession.OpenAsync(unpooled, timeout, cancellationToken);
        await writer.BeginAsync();
        var uncommitted = await writer.QuerySingleAsync<long>(SqlServerStatements.RaiseCounter, new DynamicParameters().Long("count", 1));
        if (await ReadCounterAsync(unpooled, cancellationToken) >= uncommitted)
        {
            throw new RegistryUnavailableException("The registry needs reads from snapshots: this server lets a reader see what is not committed.");
        }
    }

    private static async Task<long> ReadCounterAsync(SqlServerConnections connections, CancellationToken cancellationToken)
    {
        try
        {
            return await SqlServerCalls.RunOnceAsync(
                ReaderPatience,
                async token =>
                {
                    await using var reader = await SqlServerSession.OpenAsync(connections, ReaderPatience, token);
                    return (await reader.QuerySingleAsync<EventRow>(SqlServerStatements.ReadHead)).Counter;
                },
                cancellationToken);
        }
        catch (RegistryUnavailableException unavailable)
        {
            throw new RegistryUnavailableException("The registry needs reads from snapshots: on this server a reader waits for writers.", unavailable);
        }
    }
}
