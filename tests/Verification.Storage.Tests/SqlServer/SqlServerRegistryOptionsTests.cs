using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerRegistryOptionsTests
{
    private const string Valid = "Server=sql1;Database=registry;User ID=verification;Password=hunter2";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Validate_ConnectionStringAlone_IsEnough() =>
        Assert.Empty(new SqlServerRegistryOptions { ConnectionString = Valid }.Validate());

    [Theory]
    [InlineData("", "ConnectionString is missing.")]
    [InlineData("hunter2", "ConnectionString is no SQL Server connection string.")]
    [InlineData("Server=sql1;Database=registry;Password=a;hunter2=b", "ConnectionString is no SQL Server connection string.")]
    [InlineData("Server=sql1;Database=registry;Min Pool Size=many", "ConnectionString is no SQL Server connection string.")]
    [InlineData("Database=registry;Password=hunter2", "ConnectionString names no server (Server=…).")]
    [InlineData("Server=sql1;Password=hunter2", "ConnectionString names no database (Database=…).")]
    [InlineData(Valid + ";MultipleActiveResultSets=true", "ConnectionString asks for MultipleActiveResultSets, which the store does not use.")]
    public void Validate_UnfitConnectionString_SaysWhyWithoutQuotingIt(string connectionString, string expected)
    {
        var errors = new SqlServerRegistryOptions { ConnectionString = connectionString }.Validate();

        Assert.Equal(expected, Assert.Single(errors));
        Assert.DoesNotContain("hunter2", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralMistakes_SaysThemAll()
    {
        var options = new SqlServerRegistryOptions
        {
            ReplicaConnectionString = "Server=sql2",
            MinPoolSize = 101,
            MaxRepeats = -1,
            SnapshotCheck = (SnapshotCheck)2,
            LookupTimeout = TimeSpan.Zero,
            AppendTimeout = TimeSpan.FromDays(1),
            ImportTimeout = TimeSpan.FromSeconds(-1),
            OpenTimeout = TimeSpan.Zero,
        };

        Assert.Equal(
            [
                "ConnectionString is missing.",
                "ReplicaConnectionString names no database (Database=…).",
                "MinPoolSize must be 0 to 100.",
                "MaxRepeats must be 0 to 10.",
                "SnapshotCheck must be Setting or Trial.",
                "LookupTimeout must be more than 0 and at most 01:00:00.",
                "AppendTimeout must be more than 0 and at most 01:00:00.",
                "ImportTimeout must be more than 0 and at most 01:00:00.",
                "OpenTimeout must be more than 0 and at most 01:00:00.",
            ],
            options.Validate());
    }

    [Fact]
    public async Task Open_WrongSettings_IsRefusedBeforeAnyConnection()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SqlServerRegistry.OpenAsync(new SqlServerRegistryOptions { MaxRepeats = 99 }, true, 1, TimeProvider.System, Token));

        Assert.Contains("ConnectionString is missing. MaxRepeats must be 0 to 10.", refused.Message, StringComparison.Ordinal);
    }
}
