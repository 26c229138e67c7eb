using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Core.Lookup;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

public sealed class ChangeFeedTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestSite.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Poll_MoreChangesThanAPage_AppliesAll()
    {
        var options = TestSite.Options();
        options.Feed.PageSize = 2;
        var node = await _site.PolledNodeAsync(options);
        for (var i = 0; i < 5; i++)
        {
            await _site.IssueAsync(TestSite.Number(i));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        await node.Feed.PollAsync(Token);

        Assert.Equal(5, node.Readiness.Revision);
        Assert.Equal(_clock.GetUtcNow(), node.Feed.Position!.AsOf);
        Assert.Equal(4, node.Feed.Position.Epoch.Stamps[TestSite.Number(3)]);
    }

    /// <summary>A page that is not the last makes the revision known, but no later instant: commits before it are still missing.</summary>
    [Fact]
    public async Task Poll_RegistryFailsAfterTheFirstPage_KeepsTheInstantOfTheLastWholePoll()
    {
        var options = TestSite.Options();
        options.Feed.PageSize = 2;
        var node = await _site.PolledNodeAsync(options);
        for (var i = 0; i < 5; i++)
        {
            await _site.IssueAsync(TestSite.Number(i));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        var polls = 0;
        _site.Registry.BeforePoll = _ => polls++ == 0 ? Task.CompletedTask : throw new RegistryUnavailableException("away");
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => node.Feed.PollAsync(Token));

        Assert.Equal((2, Start), (node.Feed.Position!.Revision, node.Feed.Position.AsOf));
        Assert.Equal(TimeSpan.FromSeconds(1), node.Readiness.Age);
    }

    [Fact]
    public async Task Settle_AfterAChange_KeepsWhatTheFeedRaised()
    {
        await _site.IssueAsync(TestSite.Number(1));
        await _site.IssueAsync(TestSite.Number(2));
        var node = _site.Node();
        await node.Feed.PollAsync(Token);
        var stamps = node.Feed.Position!.Epoch.Stamps;
        Assert.Equal((2, 2), (stamps[TestSite.Number(1)], stamps[TestSite.Number(5)]));
        await _site.AppendAsync(TestSite.Number(2), new Reissued(new DateOnly(2024, 3, 6)));
        await node.Feed.PollAsync(Token);

        await node.Feed.SettleStampsAsync(node.Feed.Position.Epoch, Token);

        Assert.Equal((1, 3, 0), (stamps[TestSite.Number(1)], stamps[TestSite.Number(2)], stamps[TestSite.Number(5)]));
    }

    /// <summary>Whatever it was that failed: otherwise Redis would be of no use until a restart.</summary>
    [Fact]
    public async Task Run_SettlingFailsUnexpectedly_IsTriedAgainAndThePollsGoOn()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var tries = new List<DateTimeOffset>();
        _site.Registry.BeforeStamps = () =>
        {
            tries.Add(_clock.GetUtcNow());
            return tries.Count == 1 ? throw new InvalidOperationException("A row of a wrong form.") : Task.CompletedTask;
        };
        var node = _site.Node();
        _site.Run(node);

        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return node.Feed.Position?.Epoch.Stamps[TestSite.Number(5)] == 0;
            },
            "The stamps were not settled.");

        // The scan may be what is too much for the registry now: not again with the next poll.
        Assert.Equal(2, tries.Count);
        Assert.InRange(tries[1] - tries[0], TimeSpan.FromSeconds(30), TimeSpan.MaxValue);
        Assert.Null(node.Feed.Failure);
    }

    [Fact]
    public async Task Poll_RegistryWithAnotherId_DropsMemoryAndFollowsIt()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var node = await _site.PolledNodeAsync();
        await node.Lookup.FindAsync(TestSite.Number(1), default, Token);
        var another = Guid.NewGuid();
        _site.Registry.Head = head => head with { RegistryId = another };

        await node.Feed.PollAsync(Token);

        Assert.Equal(another, node.Readiness.RegistryId);
        Assert.Equal(another, node.Feed.Position!.Epoch.CacheId);
        Assert.Equal(0, node.Feed.Position.Epoch.Memory.PermitCount);
    }

    [Fact]
    public async Task Poll_AfterARestore_FollowsTheRestoredRegistryFromItsNewCounter()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var node = await _site.PolledNodeAsync();
        var restored = await node.Announcing(_site.Registry).MarkRestoredAsync(1_000, Token);

        await node.Feed.PollAsync(Token);
        var answer = await node.Lookup.FindAsync(TestSite.Number(1), default, Token);

        Assert.Equal((restored.RegistryId, restored.Revision), (node.Readiness.RegistryId, node.Readiness.Revision));
        Assert.Equal((restored.Revision, LookupSource.Registry), (answer.Revision, answer.Source));
    }

    [Fact]
    public async Task Poll_CounterBelowThePosition_LeavesWhatRedisHoldsUnderThatId()
    {
        await _site.IssueAsync(TestSite.Number(1));
        await _site.IssueAsync(TestSite.Number(2));
        var node = await _site.PolledNodeAsync();
        _site.Registry.Head = head => head with { Revision = 1 };

        await node.Feed.PollAsync(Token);

        Assert.Equal(1, node.Readiness.Revision);
        Assert.NotEqual(node.Readiness.RegistryId, node.Feed.Position!.Epoch.CacheId);
    }

    [Fact]
    public async Task Poll_AnotherEventAtThePosition_IsARegistryThatWentBack()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var node = await _site.PolledNodeAsync();
        var before = node.Feed.Position!.Epoch;
        await using var other = await TestSite.OpenAsync(_clock);
        await other.IssueAsync(TestSite.Number(2));
        var registryId = node.Readiness.RegistryId!.Value;
        other.Registry.Head = head => head with { RegistryId = registryId };

        _site.Registry.Instead = other.Registry;
        await node.Feed.PollAsync(Token);

        Assert.NotSame(before, node.Feed.Position!.Epoch);
    }

    [Fact]
    public async Task Poll_RegistryWentBackAndIsAway_IsNotReadyAndAnswersNothing()
    {
        var node = await _site.PolledNodeAsync();
        var polls = 0;
        _site.Registry.Head = head => head with { RegistryId = Guid.NewGuid() };
        _site.Registry.BeforePoll = _ => polls++ == 0 ? Task.CompletedTask : throw new RegistryUnavailableException("away");

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => node.Feed.PollAsync(Token));

        Assert.Equal([ReadinessReason.RegistryWentBack], node.Readiness.Check());
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    [InlineData(-1_001, true)]
    public async Task Check_RegistrysClockOff_IsSkewedAboveASecond(int milliseconds, bool skewed)
    {
        _site.Registry.Head = head => head with { AsOf = head.AsOf.AddMilliseconds(milliseconds) };
        var node = await _site.PolledNodeAsync();

        Assert.Equal(skewed, node.Readiness.Check().Contains(ReadinessReason.ClockSkewed));
    }

    [Fact]
    public void Check_BeforeTheFirstPoll_IsStarting() => Assert.Equal([ReadinessReason.Starting], _site.Node().Readiness.Check());
}
