using CsCheck;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Load.MadeUp;

namespace Verification.Load.Tests.MadeUp;

public sealed class StoryTests
{
    /// <summary>Whenever a run takes place, the register imports without a reject, or the run would measure something else.</summary>
    [Fact]
    public void All_OnAnyDate_IsAdmissible() => Gen.Int[0, 365 * 10].Sample(days =>
    {
        var today = new DateOnly(2026, 1, 1).AddDays(days);
        foreach (var story in Story.All(today))
        {
            var admission = new Admission(RulebookLibrary.Embedded.On(today));
            Assert.All(story.Events, happening => Assert.Null(admission.TryAdd(happening)));
        }
    });

    [Fact]
    public void All_TogetherHaveFourEventsAPermit() =>
        Assert.Equal(Story.Count * Story.EventsAPermit, Story.All(new DateOnly(2026, 11, 25)).Sum(story => story.Events.Length));

    [Fact]
    public void HolderOf_AnyPermit_IsAnIdentityNumber() =>
        Gen.Int[0, int.MaxValue].Sample(index => ResidentIdentityNumber.TryParse(MadeUpPermits.HolderOf(index), out _));

    [Fact]
    public void HistoryOf_APermit_HasTheRevisionsOfAnImportInOrder()
    {
        var permits = new MadeUpPermits(new DateOnly(2026, 11, 25));

        var revisions = Enumerable.Range(0, 20).SelectMany(index => permits.HistoryOf(index).Events.Select(happening => happening.Revision));

        Assert.Equal(Enumerable.Range(1, 20 * Story.EventsAPermit).Select(revision => (long)revision).Take(revisions.Count()), revisions);
    }

    [Fact]
    public void IndexOf_TheNumberOfAPermit_IsThePermit() => Gen.Int[0, 9_999_999].Sample(index =>
        MadeUpPermits.IndexOf(PermitNumber.Parse(MadeUpPermits.NumberOf(index)), index + 1) == index
        && MadeUpPermits.IndexOf(PermitNumber.Parse(MadeUpPermits.NumberOf(index)), index) is null);
}
