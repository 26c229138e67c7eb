using Verification.Caching.Coherence;
using Verification.Caching.Memory;
using Verification.Core.Permits;
using Verification.Core.Registry;

namespace Verification.Caching.Tests.Coherence;

/// <summary>Whether what a registry says now follows what it said.</summary>
public sealed class FeedPositionTests
{
    private static readonly Guid Registry = Guid.NewGuid();
    private static readonly PermitNumber Permit = TestSite.Number(1);
    private static readonly EventMark Mark = new(Permit, 3, DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(6, false)]
    public void IsFollowedBy_CounterOfTheSameRegistry_HasNotGoneBack(long revision, bool expected)
    {
        Assert.Equal(expected, Position(null, null).IsFollowedBy(Changes(revision, null)));
        Assert.False(Position(null, null).IsFollowedBy(Changes(revision, null) with { Head = new(Guid.NewGuid(), revision, default) }));
    }

    [Fact]
    public void IsFollowedBy_KnownMark_IsTheSameEvent()
    {
        Assert.True(Position(Permit, Mark).IsFollowedBy(Changes(7, Mark)));
        Assert.False(Position(Permit, Mark).IsFollowedBy(Changes(7, null)));
        Assert.False(Position(Permit, Mark).IsFollowedBy(Changes(7, Mark with { RecordedAt = Mark.RecordedAt.AddTicks(1) })));
        Assert.False(Position(Permit, Mark).IsFollowedBy(Changes(7, Mark with { Sequence = 4 })));
    }

    [Fact]
    public void IsFollowedBy_KnownPermitAlone_IsAnEventOfThatPermit()
    {
        Assert.True(Position(Permit, null).IsFollowedBy(Changes(7, Mark with { Sequence = 4 })));
        Assert.False(Position(Permit, null).IsFollowedBy(Changes(7, Mark with { Permit = TestSite.Number(2) })));
        Assert.False(Position(Permit, null).IsFollowedBy(Changes(7, null)));
        Assert.True(Position(null, null).IsFollowedBy(Changes(7, Mark)));
    }

    private static FeedPosition Position(PermitNumber? lastPermit, EventMark? mark) => new()
    {
        Epoch = new(Registry, Registry, 0, new BucketStamps(0), new MemoryTier(TestSite.Options().Memory)),
        Revision = 7,
        AsOf = default,
        Sent = default,
        LastPermit = lastPermit,
        Mark = mark,
    };

    private static RegistryChanges Changes(long revision, EventMark? mark) => new(new(Registry, revision, default), mark, [], null);
}
