using Verification.Audit.Storing;
using Verification.TestSupport;

namespace Verification.Audit.Tests.Storing.SqlServer;

/// <summary>A server that is not there is one exception, without the connection string's secrets, in bounded time.</summary>
public sealed class SqlServerUnreachableTests
{
    [Fact]
    public async Task Read_NobodyListens_SaysSoInTime()
    {
        var server = $"Server=tcp:127.0.0.1,{LoopbackPort.Free()};Database=audit;User Id=sa;Password=not-to-be-told;Encrypt=False";
        await using var database = AuditDatabase.OnSqlServer(server, TimeSpan.FromSeconds(2));

        var failed = await Assert.ThrowsAsync<AuditDatabaseException>(() => database.ReadEndAsync(Guid.NewGuid(), TestContext.Current.CancellationToken));

        Assert.DoesNotContain("not-to-be-told", failed.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<AuditDatabaseException>(() => database.PrepareAsync(TestContext.Current.CancellationToken));
    }
}
