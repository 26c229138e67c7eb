using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

/// <summary>What a poll that fails tells, and which stamps an epoch takes.</summary>
public sealed class FeedTroubleTests : IAsyncLifetime
{
    private TestSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestSite.OpenAsync(new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 4, 0, 0, TimeSpan.Zero)));

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    /// <summary>The next poll may be a while: who asked while this one was under way need not wait for it.</summary>
    [Fact]
    public async Task Poll_ThatFails_TellsThoseWhoAskedWhileItWasUnderWay()
    {
        var node = _site.Node();
        var answer = new TaskCompletionSource();
        _site.Registry.BeforePoll = _ => answer.Task;
        var polling = node.Feed.PollAsync(Token);
        var waiting = node.Feed.NextPollAsync(insist: false);

        answer.SetException(new RegistryUnavailableException("It is down."));

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => polling);
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    /// <summary>Stamps of another registry, or from before the epoch began, say nothing of it.</summary>
    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(false, 0, 7)]
    [InlineData(true, 7, 7)]
    public async Task SettleStamps_OfAnotherRegistryOrTooEarly_ChangeNothing(bool isOwn, long start, long expected)
    {
        var node = _site.Node();
        await node.Feed.PollAsync(Token);
        var registryId = isOwn ? node.Feed.Position!.Epoch.RegistryId : Guid.NewGuid();
        var stamps = new BucketStamps(7);

        await node.Feed.SettleStampsAsync(new RegistryEpoch(registryId, registryId, start, stamps, new MemoryTier(new MemoryOptions())), Token);

        Assert.Equal(expected, stamps[TestSite.Number(1)]);
    }

    /// <summary>As docs/operations.md has them.</summary>
    [Fact]
    public void MemoryOptions_Defaults_AreThoseOfTheOperationsPage()
    {
        var options = new MemoryOptions();

        Assert.Equal((536_870_912, 20_000), (options.Limit, options.HistoryCapacity));
        Assert.Equal((TimeSpan.FromSeconds(2), 256), (options.LoadDeadline, options.MaxConcurrentLoads));
    }
}
