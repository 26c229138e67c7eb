using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerRegistryOptionsTests
{
    private const string Valid = "Server=sql1;Database=registry;User ID=verification;Password=hunter2";

    [Fact]
    public void ProblemsOf_FitConnectionString_AreNone() => Assert.Empty(SqlServerRegistryOptions.ProblemsOf(Valid));

    [Theory]
    [InlineData("", "is missing.")]
    [InlineData("hunter2", "is no SQL Server connection string.")]
    [InlineData("Server=sql1;Database=registry;Password=a;hunter2=b", "is no SQL Server connection string.")]
    [InlineData("Server=sql1;Database=registry;Min Pool Size=many", "is no SQL Server connection string.")]
    [InlineData("Database=registry;Password=hunter2", "names no server (Server=…).")]
    [InlineData("Server=sql1;Password=hunter2", "names no database (Database=…).")]
    [InlineData(Valid + ";MultipleActiveResultSets=true", "asks for MultipleActiveResultSets, which the store does not use.")]
    public void ProblemsOf_UnfitConnectionString_SayWhyWithoutQuotingIt(string connectionString, string expected)
    {
        var errors = SqlServerRegistryOptions.ProblemsOf(connectionString);

        Assert.Equal(expected, Assert.Single(errors));
        Assert.DoesNotContain("hunter2", errors[0], StringComparison.Ordinal);
    }
}
