using Microsoft.Data.SqlClient;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerConnectionsTests
{
    private static readonly SqlServerRegistryOptions Options = new()
    {
        ConnectionString = "Server=sql1;Database=registry;Max Pool Size=4;Persist Security Info=true",
    };

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
    public void WithoutPool_Connections_AreNotPooled() =>
        Assert.False(new SqlConnectionStringBuilder(SqlServerConnections.ToPrimary(Options).WithoutPool().ConnectionString).Pooling);
}
