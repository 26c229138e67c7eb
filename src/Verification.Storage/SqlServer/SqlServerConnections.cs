using Microsoft.Data.SqlClient;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Opens connections to one server, from a pool that is kept warm. The store repeats calls by itself and only where that is safe, so
/// the driver does not repeat them; and a pool that could not connect tries again at once instead of failing for a minute.
/// </summary>
internal sealed class SqlServerConnections
{
    private const string DefaultApplicationName = "permit-verification";
    private const string FeedSuffix = "-feed";
    private const int MaxApplicationName = 128;

    /// <summary>A poll and the scan for the stamps; the others are for polls of a server that hung and answers again.</summary>
    private const int FeedPoolSize = 10;

    /// <summary>How long a poll waits for a connection before the port is asked: polls come every second, and end after one.</summary>
    private static readonly TimeSpan FeedPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>In seconds. The driver goes on trying to connect until it is over.</summary>
    private const int DefaultConnectTimeout = 5;

    private readonly SqlServerPort _port;
    private readonly TimeSpan? _patience;
    private volatile bool _closed;

    private SqlServerConnections(SqlConnectionStringBuilder parts, TimeSpan? patience = null)
    {
        _port = new SqlServerPort(parts.DataSource);
        _patience = patience;
        ConnectionString = parts.ConnectionString;
        Database = parts.InitialCatalog;
    }

    /// <summary>The string that connections are opened with; a secret.</summary>
    public string ConnectionString { get; }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    /// <summary>To the server that takes writes.</summary>
    public static SqlServerConnections ToPrimary(SqlServerRegistryOptions options) =>
        new(Complete(options.ConnectionString, options));

    /// <summary>To the server that takes writes, from a pool that only the feed uses.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="patience">How long a poll waits for a connection before the port is asked; as long as polls take.</param>
    public static SqlServerConnections ForFeed(SqlServerRegistryOptions options, TimeSpan? patience = null)
    {
        var parts = Complete(options.ConnectionString, options);
        parts.MinPoolSize = Math.Min(1, options.MinPoolSize);
        parts.MaxPoolSize = FeedPoolSize;

        // The driver has one pool for each connection string: the name makes it another one whatever the sizes are.
        var name = parts.ApplicationName;
        parts.ApplicationName = name[..Math.Min(name.Length, MaxApplicationName - FeedSuffix.Length)] + FeedSuffix;
        return new SqlServerConnections(parts, patience ?? FeedPatience);
    }

    /// <summary>To a readable secondary.</summary>
    public static SqlServerConnections ToReplica(string connectionString, SqlServerRegistryOptions options)
    {
        var parts = Complete(connectionString, options);
        parts.ApplicationIntent = ApplicationIntent.ReadOnly;
        return new SqlServerConnections(parts);
    }

    /// <summary>The same server without the pool: what a session holds, like its locks, ends when the connection closes.</summary>
    public SqlServerConnections WithoutPool() => new(new SqlConnectionStringBuilder(ConnectionString) { Pooling = false, MinPoolSize = 0 });

    /// <summary>An open connection, to be disposed of.</summary>
    /// <param name="timeout">The time of the call. After half of it the port is asked: a server that restarts may be back by then.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RegistryUnavailableException">Nobody can connect, or they are closed.</exception>
    public async Task<SqlConnection> OpenAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_closed)
        {
            throw new RegistryUnavailableException("The registry could not answer: it is closed.");
        }

        var connection = new SqlConnection(ConnectionString);
        try
        {
            await OpenAsync(connection, _patience ?? timeout / 2, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the connections that the pool keeps, and opens no more. Those at work end with their sessions.</summary>
    public void Close()
    {
        _closed = true;
        using var connection = new SqlConnection(ConnectionString);
        SqlConnection.ClearPool(connection);
    }

    private async Task OpenAsync(SqlConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = Task.Run(() => connection.OpenAsync(ended.Token), ended.Token);
        try
        {
            await opening.WaitAsync(patience, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException || exception is SqlException { ClientConnectionId: var id } && id == Guid.Empty)
        {
            if (await _port.WhyClosedAsync(cancellationToken) is not { } why)
            {
                await opening;
                return;
            }

            await ended.CancelAsync();
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw why;
        }
    }

    private static SqlConnectionStringBuilder Complete(string connectionString, SqlServerRegistryOptions options)
    {
        var parts = new SqlConnectionStringBuilder(connectionString)
        {
            Enlist = false,
            PersistSecurityInfo = false,
            ConnectRetryCount = 0,
            PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock,
        };
        parts.MinPoolSize = Math.Min(options.MinPoolSize, parts.MaxPoolSize);
        if (!parts.ShouldSerialize("Application Name"))
        {
            parts.ApplicationName = DefaultApplicationName;
        }

        if (!parts.ShouldSerialize("Connect Timeout"))
        {
            parts.ConnectTimeout = DefaultConnectTimeout;
        }

        return parts;
    }
}
