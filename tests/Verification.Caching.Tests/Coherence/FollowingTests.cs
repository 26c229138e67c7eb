using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

/// <summary>How a node begins to follow a registry, with a failure in between.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly List<Guid> _followed = [];
    private TestSite _site = null!;
    private ChangeFeed _feed = null!;
    private int _epochs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.OpenAsync(_clock);
        await _site.IssueAsync(TestSite.Number(1));
        _feed = new ChangeFeed(_site.Registry, NewEpoch, new FeedOptions(), _clock, NullLogger.Instance);
        _feed.Following += _followed.Add;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Poll_FirstReadOfChangesFails_KeepsTheNamesThatNodesShare()
    {
        await FailOnReadAsync(2);

        await _feed.PollAsync(Token);

        Assert.Equal(_feed.Position!.Epoch.RegistryId, _feed.Position.Epoch.CacheId);
        Assert.Equal([_feed.Position.Epoch.RegistryId], _followed);
        Assert.Equal(1, _epochs);
    }

    /// <summary>The poll that finds another registry reads its head, and then fails.</summary>
    [Fact]
    public async Task Poll_FirstReadAfterARestoreFails_KeepsTheNamesThatNodesShare()
    {
        await _feed.PollAsync(Token);
        var before = _feed.Position!.Epoch.RegistryId;
        var restored = await _site.Registry.MarkRestoredAsync(1_000, Token);
        await FailOnReadAsync(3);

        await _feed.PollAsync(Token);

        Assert.Equal((restored.RegistryId, restored.RegistryId), (_feed.Position!.Epoch.RegistryId, _feed.Position.Epoch.CacheId));
        Assert.Equal([before, restored.RegistryId], _followed);
        Assert.Equal(2, _epochs);
    }

    [Fact]
    public async Task Poll_RegistryWentBackUnderItsId_IsNotFollowedTwice()
    {
        await _feed.PollAsync(Token);
        _site.Registry.Head = head => head with { Revision = 0 };

        await _feed.PollAsync(Token);

        Assert.NotEqual(_feed.Position!.Epoch.RegistryId, _feed.Position.Epoch.CacheId);
        Assert.Single(_followed);
    }

    /// <summary>Polls, and the read of that place fails.</summary>
    private async Task FailOnReadAsync(int place)
    {
        var reads = 0;
        _site.Registry.BeforePoll = _ => ++reads == place ? throw new RegistryUnavailableException("away") : Task.CompletedTask;
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => _feed.PollAsync(Token));
        _site.Registry.BeforePoll = _ => Task.CompletedTask;
    }

    private RegistryEpoch NewEpoch(Guid registryId, Guid cacheId, long startRevision)
    {
        _epochs++;
        return new(registryId, cacheId, startRevision, new BucketStamps(startRevision), new MemoryTier(TestSite.Options().Memory));
    }
}
