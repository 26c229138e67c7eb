using Verification.Core.Lookup;

namespace Verification.Core.Tests.Lookup;

public sealed class FreshnessDemandTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Default_AsksForTheServicesStaleness() =>
        Assert.Equal((null, 0, false), Parts(default));

    [Fact]
    public void Demands_HoldWhatTheyName()
    {
        Assert.Equal((Second, 0, false), Parts(FreshnessDemand.MaxStaleness(Second)));
        Assert.Equal((TimeSpan.Zero, 0, false), Parts(FreshnessDemand.MaxStaleness(TimeSpan.Zero)));
        Assert.Equal((null, 0, false), Parts(FreshnessDemand.AtLeastRevision(0)));
        Assert.Equal((Second, 17, false), Parts(FreshnessDemand.AtLeastRevision(17, Second)));
        Assert.Equal((null, 0, true), Parts(FreshnessDemand.FullyConsistent()));
    }

    [Fact]
    public void Demands_BelowZero_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FreshnessDemand.MaxStaleness(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FreshnessDemand.AtLeastRevision(-1));
    }

    [Fact]
    public void Refusals_SayWhatWasAskedAndWhatIsKnown()
    {
        var unknown = new RevisionUnknownException(asked: 17, known: 16);
        var stale = new StaleException(Second);

        Assert.Equal((17, 16), (unknown.Asked, unknown.Known));
        Assert.Equal(Second, stale.Age);
    }

    private static (TimeSpan? Staleness, long Revision, bool IsFullyConsistent) Parts(FreshnessDemand demand) =>
        (demand.Staleness, demand.Revision, demand.IsFullyConsistent);
}
