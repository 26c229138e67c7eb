using Verification.Core.Registry;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerReplicaTests
{
    private const int FailuresUntilLeftAlone = 4;

    private static readonly Guid Id = new("11111111-1111-1111-1111-111111111111");
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

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
            Assert.Null(await replica.TryLoadInSessionAsync(NeverAsync, Token));
        }

        var next = replica.TryLoadInSessionAsync(NeverAsync, Token);

        Assert.True(next.IsCompleted, "It was asked again.");
        Assert.Null(await next);
        replica.Close();
    }

    [Theory]
    [InlineData(4, false)] // Behind what the primary last showed: the primary is asked.
    [InlineData(5, true)]
    [InlineData(9, true)]
    public async Task TryLoad_ReplicaAtARevision_AnswersOnlyWhenItHasCaughtUp(long revision, bool answers)
    {
        var primary = new PrimaryHead();
        primary.Note(new RegistryHead(Id, 5, Start));

        var found = await Replica(primary).TryLoadAsync(
            _ => Task.FromResult(new Snapshot<string>("history", new RegistryHead(Id, revision, Start.AddMinutes(1)))), Token);

        Snapshot<string>? expected = answers ? new("history", new RegistryHead(Id, revision, Start)) : null;
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task TryLoad_PrimaryCommittedMeanwhile_IsNoAnswer()
    {
        var primary = new PrimaryHead();
        primary.Note(new RegistryHead(Id, 5, Start));

        var found = await Replica(primary).TryLoadAsync(
            _ =>
            {
                primary.Note(6);
                return Task.FromResult(new Snapshot<string>("history", new RegistryHead(Id, 5, Start)));
            },
            Token);

        Assert.Null(found);
    }

    [Fact]
    public async Task TryLoad_ReplicaThatNeverAnswers_IsNoAnswerAfterHalfOfTheTime()
    {
        var never = new TaskCompletionSource<Snapshot<string>>();

        Assert.Null(await Replica(new PrimaryHead(), lookupSeconds: 0.1).TryLoadAsync(_ => never.Task, Token));
    }

    [Fact]
    public async Task TryLoad_CallerGivesUp_IsCancelled()
    {
        using var caller = new CancellationTokenSource();
        var never = new TaskCompletionSource<Snapshot<string>>();
        var loading = Replica(new PrimaryHead()).TryLoadAsync(_ => never.Task, caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
    }

    private static SqlServerReplica Replica(PrimaryHead primary, double lookupSeconds = 60) => new(
        SqlServerConnections.ToReplica("Server=nowhere;Database=registry", new SqlServerRegistryOptions()),
        TimeSpan.FromSeconds(lookupSeconds),
        primary);

    private static Task<Snapshot<int>> NeverAsync(SqlServerSession session) =>
        throw new InvalidOperationException("Nobody listens: there is no session.");
}
