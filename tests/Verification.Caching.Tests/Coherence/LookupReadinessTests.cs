using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

public sealed class LookupReadinessTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestSite.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public void Readiness_BeforeTheRegistryWasHeardOf_KnowsNothing()
    {
        var readiness = _site.Node().Readiness;

        Assert.Equal((null, null, null, null), (readiness.RegistryId, readiness.Revision, readiness.Age, readiness.ClockFloor));
        Assert.Equal((false, false, TimeSpan.Zero, 0), (readiness.IsEmpty, readiness.IsClockSkewed, readiness.ClockSkew, readiness.DamagedPermits));
    }

    [Fact]
    public async Task IsEmpty_RegistryNeverWritten_UntilTheFirstEvent()
    {
        _site.Registry.SeemsRecordedIn = false;
        var node = await _site.PolledNodeAsync();
        Assert.True(node.Readiness.IsEmpty);
        Assert.Empty(node.Readiness.Check());

        await _site.IssueAsync(TestSite.Number(1));
        await node.Feed.PollAsync(Token);

        Assert.False(node.Readiness.IsEmpty);
        Assert.Equal((1, TimeSpan.Zero), (node.Readiness.Revision, node.Readiness.Age));
    }

    /// <summary>The registry's clock is told right, and the newest event comes from the time to come.</summary>
    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public async Task IsClockImpossible_EarlierThanTheNewestEvent_BeyondTheLimit(int milliseconds, bool expected)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await _site.IssueAsync(TestSite.Number(1));
        var behind = new FakeTimeProvider(Start);
        _site.Registry.Head = head => head with { AsOf = behind.GetUtcNow() };
        var node = _site.Node(clock: behind);
        await node.Feed.PollAsync(Token);

        Assert.Equal(expected, node.Readiness.IsClockImpossible);
        Assert.Equal(expected, node.Readiness.IsClockSkewed);
        Assert.Equal(expected ? [ReadinessReason.ClockSkewed] : [], node.Readiness.Check());
    }

    [Theory]
    [InlineData("1999-12-31T15:59:59Z", true)]
    [InlineData("1999-12-31T16:00:00Z", false)]
    [InlineData("9994-12-31T00:00:00Z", true)]
    public void IsClockImpossible_OutsideTheCalendar_InBeijing(string now, bool expected)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, _site.Node(clock: clock).Readiness.IsClockImpossible);
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(-500, 500)]
    [InlineData(0, 0)]
    public async Task ClockSkew_RegistrysClockOff_IsHowFar(int milliseconds, int expected)
    {
        _site.Registry.Head = head => head with { AsOf = head.AsOf.AddMilliseconds(milliseconds) };

        Assert.Equal(TimeSpan.FromMilliseconds(expected), (await _site.PolledNodeAsync()).Readiness.ClockSkew);
    }

    [Fact]
    public async Task Check_RegistryReplacedUnderTheProcess_SaysSoUntilItIsBack()
    {
        await _site.IssueAsync(TestSite.Number(1));
        var node = await _site.PolledNodeAsync();
        _site.Registry.BeforePoll = _ => throw new RegistryReplacedException("deleted");
        await Assert.ThrowsAsync<RegistryReplacedException>(() => node.Feed.PollAsync(Token));
        Assert.Equal([ReadinessReason.RegistryReplaced], node.Readiness.Check());

        _site.Registry.BeforePoll = _ => Task.CompletedTask;
        await node.Feed.PollAsync(Token);

        Assert.Empty(node.Readiness.Check());
    }

    [Fact]
    public void CodeOf_EveryReason_IsItsSpelling()
    {
        Assert.Equal(
            ["STARTING", "REGISTRY_STALE", "REGISTRY_WENT_BACK", "CLOCK_SKEWED", "REGISTRY_REPLACED"],
            new[]
            {
                ReadinessReason.Starting, ReadinessReason.RegistryStale, ReadinessReason.RegistryWentBack, ReadinessReason.ClockSkewed,
                ReadinessReason.RegistryReplaced,
            }.Select(LookupReadiness.CodeOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => LookupReadiness.CodeOf((ReadinessReason)(-1)));
    }
}
