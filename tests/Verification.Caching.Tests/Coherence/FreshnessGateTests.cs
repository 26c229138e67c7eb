using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Core.Lookup;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

public sealed class FreshnessGateTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private TestSite _site = null!;
    private RegistryNode _node = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(_clock);
        await _site.IssueAsync(TestSite.Number(1));
        _node = await _site.PolledNodeAsync();
        await FindAsync(default);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Find_RegistrySilentForLongerThanTheDefault_IsStaleAndSaysSo()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Start, (await FindAsync(default)).DataAsOf);
        Assert.Empty(_node.Readiness.Check());

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(6), (await Assert.ThrowsAsync<StaleException>(() => FindAsync(default))).Age);
        Assert.Equal([ReadinessReason.RegistryStale], _node.Readiness.Check());
    }

    [Fact]
    public async Task Find_CallerAllowsMore_IsAnsweredWithTheTrueAge()
    {
        _clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(Start, (await FindAsync(FreshnessDemand.MaxStaleness(TimeSpan.FromHours(1)))).DataAsOf);
    }

    [Fact]
    public async Task Find_CallerAllowsMoreThanTheCap_GetsTheCap()
    {
        _clock.Advance(TimeSpan.FromMinutes(61));

        await Assert.ThrowsAsync<StaleException>(() => FindAsync(FreshnessDemand.MaxStaleness(TimeSpan.FromDays(1))));
    }

    [Fact]
    public async Task Find_LessStalenessThanThePositionHas_WaitsForAPollThatBeginsNow()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        var waiting = FindAsync(FreshnessDemand.MaxStaleness(TimeSpan.Zero));
        Assert.False(waiting.IsCompleted);

        await _node.Feed.PollAsync(Token);

        Assert.Equal(_clock.GetUtcNow(), (await waiting).DataAsOf);
    }

    [Fact]
    public async Task Find_FullyConsistent_IsNotServedByAPollUnderWay()
    {
        var gate = new TaskCompletionSource();
        _site.Registry.BeforePoll = _ => gate.Task;
        var underWay = _node.Feed.PollAsync(Token);
        var waiting = FindAsync(FreshnessDemand.FullyConsistent());
        gate.SetResult();
        await underWay;
        Assert.False(waiting.IsCompleted);

        await _node.Feed.PollAsync(Token);

        Assert.Equal(1, (await waiting).Revision);
    }

    [Fact]
    public async Task Find_FullyConsistentAndThePollFails_IsStale()
    {
        _site.Registry.BeforePoll = _ => throw new RegistryUnavailableException("away");
        var waiting = FindAsync(FreshnessDemand.FullyConsistent());
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => _node.Feed.PollAsync(Token));

        await Assert.ThrowsAsync<StaleException>(() => waiting);
    }

    [Fact]
    public async Task Find_AtLeastARevisionThatIsNotPolledYet_WaitsForIt()
    {
        await _site.IssueAsync(TestSite.Number(2));
        var waiting = FindAsync(FreshnessDemand.AtLeastRevision(2));
        await _node.Feed.PollAsync(Token);

        Assert.Equal(2, (await waiting).Revision);
    }

    [Fact]
    public async Task Find_AtLeastARevisionThatIsNot_IsUnknown()
    {
        var waiting = FindAsync(FreshnessDemand.AtLeastRevision(2));
        await _node.Feed.PollAsync(Token);

        var unknown = await Assert.ThrowsAsync<RevisionUnknownException>(() => waiting);
        Assert.Equal((2, 1), (unknown.Asked, unknown.Known));
    }

    [Fact]
    public async Task Find_RegistryFrozenWithTheSocketOpen_EndsThePollAtItsLimit()
    {
        _site.Registry.BeforePoll = _ => new TaskCompletionSource().Task;
        var poll = _node.Feed.PollAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => poll);
        Assert.Equal(1, (await FindAsync(default)).Revision);
    }

    [Fact]
    public async Task Find_BeforeTheFirstPoll_IsUnavailable()
    {
        var node = _site.Node();
        _site.Registry.BeforePoll = _ => throw new RegistryUnavailableException("away");
        var waiting = node.Lookup.FindAsync(TestSite.Number(1), default, Token).AsTask();
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => node.Feed.PollAsync(Token));

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => waiting);
    }

    private Task<PermitAnswer> FindAsync(FreshnessDemand demand) => _node.Lookup.FindAsync(TestSite.Number(1), demand, Token).AsTask();
}
