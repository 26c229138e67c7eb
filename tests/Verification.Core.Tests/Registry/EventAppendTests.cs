using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Core.Tests.Registry;

public sealed class EventAppendTests
{
    private static readonly PermitNumber Number = PermitNumber.Parse("BJ2024000017");

    private static readonly Issued Issue = new(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit);

    [Fact]
    public void AnswerFrom_TheSameEvent_IsItsRevision() => Assert.Equal(
        new AppendResult(17, AlreadyRecorded: true, null, RequestIdReused: false),
        new EventAppend("r", Number, Issue, "a").AnswerFrom(17, Number, Issue));

    /// <summary>A default said the one time and left out the other is the same event.</summary>
    [Fact]
    public void AnswerFrom_DefaultSaidOnce_IsTheSameEvent()
    {
        var said = Issue with { AppliedOn = Issue.On };

        Assert.False(new EventAppend("r", Number, said, "a").AnswerFrom(17, Number, Issue).RequestIdReused);
        Assert.False(new EventAppend("r", Number, Issue, "a").AnswerFrom(17, Number, said).RequestIdReused);
        Assert.True(new EventAppend("r", Number, Issue, "a").AnswerFrom(17, Number, Issue with { AppliedOn = Issue.On.AddDays(-1) }).RequestIdReused);
    }

    [Fact]
    public void AnswerFrom_OtherPermitOrEvent_IsReuseOfTheRequest()
    {
        var append = new EventAppend("r", Number, Issue, "a");

        Assert.True(append.AnswerFrom(17, PermitNumber.Parse("BJ2024000018"), Issue).RequestIdReused);
        Assert.True(append.AnswerFrom(17, Number, Issue with { Kind = PermitKind.ResidencePermit }).RequestIdReused);
        Assert.True(append.AnswerFrom(17, Number, new Reissued(Issue.On)).RequestIdReused);

        // Alike but for their type: neither has fields.
        Assert.True(new EventAppend("r", Number, new Reissued(Issue.On), "a").AnswerFrom(17, Number, new Renewed(Issue.On)).RequestIdReused);
    }
}
