using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Verification.Core.Registry;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerConnectionsTests
{
    private static readonly SqlServerRegistryOptions Options = new()
    {
        ConnectionString = "Server=sql1;Database=registry;Max Pool Size=4;Persist Security Info=true",
    };

    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void ToPrimary_AnyConnectionString_KeepsThePoolWarmAndRepeatsNothing()
    {
        var parts = new SqlConnectionStringBuilder(SqlServerConnections.ToPrimary(Options).ConnectionString);

        Assert.Equal(4, parts.MinPoolSize);
        Assert.Equal(0, parts.ConnectRetryCount);
        Assert.Equal(5, parts.ConnectTimeout);
        Assert.Equal(PoolBlockingPeriod.NeverBlock, parts.PoolBlockingPeriod);
        Assert.False(parts.PersistSecurityInfo);
        Assert.False(parts.Enlist);
        Assert.Equal("permit-verification", parts.ApplicationName);
        Assert.Equal(ApplicationIntent.ReadWrite, parts.ApplicationIntent);
    }

    [Fact]
    public void ToPrimary_NameAndTimeGiven_KeepsThem()
    {
        var options = new SqlServerRegistryOptions
        {
            ConnectionString = "Server=sql1;Database=registry;Application Name=node-7;Connect Timeout=9",
        };

        var parts = new SqlConnectionStringBuilder(SqlServerConnections.ToPrimary(options).ConnectionString);

        Assert.Equal("node-7", parts.ApplicationName);
        Assert.Equal(9, parts.ConnectTimeout);
    }

    [Fact]
    public void ToReplica_AnyConnectionString_IntendsToRead()
    {
        var parts = new SqlConnectionStringBuilder(SqlServerConnections.ToReplica("Server=sql2;Database=registry", Options).ConnectionString);

        Assert.Equal(ApplicationIntent.ReadOnly, parts.ApplicationIntent);
        Assert.Equal(8, parts.MinPoolSize);
    }

    [Fact]
    public void ForFeed_AnyConnectionString_HasAFewConnectionsUnderANameOfItsOwn()
    {
        var parts = new SqlConnectionStringBuilder(SqlServerConnections.ForFeed(Options).ConnectionString);

        Assert.Equal("permit-verification-feed", parts.ApplicationName);
        Assert.Equal(1, parts.MinPoolSize);
        Assert.Equal(10, parts.MaxPoolSize);
        Assert.Equal(ApplicationIntent.ReadWrite, parts.ApplicationIntent);
    }

    [Fact]
    public void ForFeed_LongestName_StaysWithinTheDriversLimit()
    {
        var options = new SqlServerRegistryOptions { ConnectionString = $"Server=sql1;Database=registry;Application Name={new string('n', 128)}" };

        using var connection = new SqlConnection(SqlServerConnections.ForFeed(options).ConnectionString);

        Assert.NotEqual(SqlServerConnections.ToPrimary(options).ConnectionString, connection.ConnectionString);
    }

    /// <summary>A server that takes connections and says nothing: whoever waits for the pool does not even get there.</summary>
    [Fact]
    public async Task ForFeed_LookupsPoolUsedUp_StillConnects()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new SqlServerRegistryOptions
        {
            ConnectionString = $"Server=tcp:127.0.0.1,{((IPEndPoint)silent.LocalEndpoint).Port};Database=registry;User ID=sa;Password=none;"
                + "Encrypt=False;Max Pool Size=1;Connect Timeout=30",
            MinPoolSize = 0,
        };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var lookups = SqlServerConnections.ToPrimary(options);
        Task[] opening = [lookups.OpenAsync(Ample, end.Token), lookups.OpenAsync(Ample, end.Token)];
        using var lookup = await silent.AcceptSocketAsync(Token);

        Task[] all = [.. opening, SqlServerConnections.ForFeed(options, patience: Ample).OpenAsync(Ample, end.Token)];
        using var feed = await silent.AcceptSocketAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.False(silent.Pending(), "The second lookup got a connection beyond the pool's size.");
        await end.CancelAsync();
        lookup.Close();
        feed.Close();
        await Task.WhenAll(all.Select(task => Assert.ThrowsAnyAsync<Exception>(() => task)));
    }

    [Fact]
    public void WithoutPool_Connections_AreNotPooled() =>
        Assert.False(new SqlConnectionStringBuilder(SqlServerConnections.ToPrimary(Options).WithoutPool().ConnectionString).Pooling);

    /// <summary>The driver would try until its five seconds are over, and a poll has one.</summary>
    [Fact]
    public async Task ForFeed_PortThatIsClosed_SaysSoWithinAPoll()
    {
        using var port = new ClosedPort();
        var options = new SqlServerRegistryOptions { ConnectionString = $"Server=127.0.0.1,{port.Number};Database=registry;User ID=sa;Password=none" };
        var watch = Stopwatch.StartNew();

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => SqlServerConnections.ForFeed(options).OpenAsync(Ample, Token));

        Assert.Equal("The registry could not answer: connection refused: SQL Server is not listening there.", refused.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"It took {watch.Elapsed}.");
    }

    /// <summary>It would otherwise make its pool anew.</summary>
    [Fact]
    public async Task Open_AfterTheClose_SaysThatTheRegistryIsClosed()
    {
        var connections = SqlServerConnections.ToPrimary(Options);
        connections.Close();

        var closed = await Assert.ThrowsAsync<RegistryUnavailableException>(() => connections.OpenAsync(Ample, Token));

        Assert.Equal("The registry could not answer: it is closed.", closed.Message);
    }
}
