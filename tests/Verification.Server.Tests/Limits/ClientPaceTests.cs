using Microsoft.Extensions.Time.Testing;
using Permits.Verification.V1;
using Verification.Client;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Limits;

/// <summary>The client package and the limits: a list goes as fast as they allow, and no check of it is lost.</summary>
public sealed class ClientPaceTests
{
    private const string Key = "north";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The first thousand are in the budget; the rest comes at a thousand a second.</summary>
    [Fact]
    public async Task VerifyManyAsync_ListBeyondTheBudget_GoesAtItsRate()
    {
        await using var server = await StartAsync("ChecksPerSecond=1000", "CheckBurst=1000", "BatchUnknownPerMinute=1000000", "BatchUnknownBurst=1000000");
        var time = new TimeOfServer(server.Clock);
        using var client = ClientOf(server, time);

        var outcomes = await client.VerifyManyAsync(Numbers(5_000), cancellationToken: Token).ToListAsync(Token);

        AssertUnknown(outcomes, 5_000);
        AssertPaced(time, 3.9);
    }

    /// <summary>Ten unknown numbers at once, then two a second.</summary>
    [Fact]
    public async Task VerifyManyAsync_ListBeyondTheUnknownNumbers_GoesAtTheirRate()
    {
        await using var server = await StartAsync("BatchUnknownBurst=10", "BatchUnknownPerMinute=120");
        var time = new TimeOfServer(server.Clock);
        using var client = ClientOf(server, time);

        var outcomes = await client.VerifyManyAsync(Numbers(30), cancellationToken: Token).ToListAsync(Token);

        AssertUnknown(outcomes, 30);
        AssertPaced(time, 9.5);
    }

    /// <summary>What a caller asks one by one waits for its turn too.</summary>
    [Fact]
    public async Task VerifyAsync_BudgetUsedUp_IsAnsweredWhenTheServiceSaid()
    {
        await using var server = await StartAsync("Batches=false", "ChecksPerSecond=2", "CheckBurst=1", "UnknownBurst=1000");
        var time = new TimeOfServer(server.Clock);
        using var client = ClientOf(server, time);

        for (var i = 0; i < 4; i++)
            Assert.Equal(PermitStatus.NotFound, (await client.VerifyAsync("BJ00000000", Token)).Status);

        Assert.Equal(1.5, time.Waited.TotalSeconds, tolerance: 0.01);
    }

    /// <summary>No sooner; and not much later, where several messages wait at once and each moves the clock on.</summary>
    private static void AssertPaced(TimeOfServer time, double seconds) => Assert.InRange(time.Waited.TotalSeconds, seconds, 5 * seconds);

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(index => FormattableString.Invariant($"BJ{index:00000000}"));

    private static void AssertUnknown(IReadOnlyList<PermitOutcome> outcomes, int count) => Assert.Equal(
        Numbers(count).Select((number, index) => ((long)index, number, PermitStatus.NotFound)),
        outcomes.Select(outcome => (outcome.Index, outcome.Check.PermitNumber, outcome.Verdict!.Status)));

    private static async Task<TestServer> StartAsync(params string[] limits)
    {
        var server = await TestServer.StartAsync(args:
        [
            .. TestConsumers.School(Key, [$"Keys:0:Sha256={TestConsumers.DigestOf(Key)}", .. limits.Select(limit => $"Limits:{limit}")]),
        ]);
        await server.UntilReadyAsync();
        return server;
    }

    private static PermitVerificationClient ClientOf(TestServer server, TimeProvider time) =>
        new(new() { Address = server.Address, ApiKey = Key, TimeProvider = time, Deadline = null, TryDeadline = null, MaxTries = 10 });

    /// <summary>The server's own clock, which goes on by as much as the client waits.</summary>
    private sealed class TimeOfServer(FakeTimeProvider clock) : TimeProvider
    {
        private readonly Lock _turn = new();

        public TimeSpan Waited { get; private set; }

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_turn)
            {
                Waited += dueTime;
                clock.Advance(dueTime);
            }

            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
