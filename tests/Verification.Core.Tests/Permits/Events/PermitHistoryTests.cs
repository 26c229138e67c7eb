using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Tests.Permits.Events;

public sealed class PermitHistoryTests
{
    [Theory]
    [InlineData(16, 0)]
    [InlineData(17, 1)]
    [InlineData(18, 1)]
    [InlineData(19, 2)]
    [InlineData(20, 2)]
    public void AsKnownAt_ARevision_HasTheEventsUpToIt(long revision, int events)
    {
        var on = new DateOnly(2024, 1, 1);
        var history = new PermitHistory(
            PermitNumber.Parse("BJ2024000017"),
            [new RecordedEvent(17, new Issued(on, PermitKind.ResidencePermit), default, "a"), new RecordedEvent(19, new Endorsed(on), default, "a")]);

        Assert.Equal(events, history.AsKnownAt(revision)?.Events.Length ?? 0);
        Assert.Equal(events == 2, ReferenceEquals(history, history.AsKnownAt(revision)));
    }

    /// <summary>Stores wrap the exception and the service logs it.</summary>
    [Fact]
    public void Create_HistoryThatBeginsWithoutItsIssue_IsRefusedWithoutTheNumber()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new PermitHistory(
            PermitNumber.Parse("BJ2024000017"), [new RecordedEvent(1, new Renewed(new DateOnly(2024, 1, 1)), default, "a")]));

        Assert.DoesNotContain("BJ2024000017", refusal.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Damaged facts: they are no history, rather than one that no rule can compile.</summary>
    [Fact]
    public void Create_TwoEffectiveIssuesOrAnAnnulmentOfNoEvent_IsRefused()
    {
        var on = new DateOnly(2024, 3, 5);
        var issued = new Issued(on, PermitKind.ResidencePermit);
        PermitEvent[][] damaged =
        [
            [issued, issued],
            [issued, new Annulled(on, 1, "录错"), new Endorsed(on)],
            [issued, new Annulled(on, 2, "录错")],
            [issued, new Annulled(on, 1, "录错"), new Annulled(on, 1, "录错")],
            [issued, new Annulled(on, 1, "录错"), new Annulled(on, 2, "录错")],
        ];

        Assert.All(damaged, events => Assert.Throws<ArgumentException>(() => HistoryOf(events)));
        Assert.Single(HistoryOf(issued, new Annulled(on, 1, "录错"), issued).Effective);
    }

    private static PermitHistory HistoryOf(params PermitEvent[] events) => new(
        PermitNumber.Parse("JZ2024000017"), [.. events.Select((happening, index) => new RecordedEvent(index + 1, happening, default, "test"))]);
}
