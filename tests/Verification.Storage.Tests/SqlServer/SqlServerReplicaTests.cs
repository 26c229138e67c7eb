using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerReplicaTests
{
    private const int FailuresUntilLeftAlone = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryLoad_ReplicaThatIsDown_IsLeftAloneAfterAWhile()
    {
        using var port = new ClosedPort();
        var connections = SqlServerConnections.ToReplica(
            $"Server=tcp:127.0.0.1,{port.Number};Database=registry;User ID=sa;Password=none;Encrypt=False;Connect Timeout=1",
            new SqlServerRegistryOptions());
        var replica = new SqlServerReplica(connections, TimeSpan.FromMilliseconds(100), new PrimaryHead());
        for (var i = 0; i < FailuresUntilLeftAlone; i++)
        {
            Assert.Null(await replica.TryLoadAsync(NeverAsync, Token));
        }

        var next = replica.TryLoadAsync(NeverAsync, Token);

        Assert.True(next.IsCompleted, "It was asked again.");
        Assert.Null(await next);
        replica.Close();
    }

    private static Task<Snapshot<int>> NeverAsync(SqlServerSession session) =>
        throw new InvalidOperationException("Nobody listens: there is no session.");
}
