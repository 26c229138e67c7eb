using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Core.Tests.Rules.Timelines;
using Verification.TestSupport;

namespace Verification.Core.Tests.Rules.Verdicts;

/// <summary>Policy §8, hand-written: who asks for whom, is it their permit, which card.</summary>
public sealed class VerdictRulesTests
{
    private static readonly DateOnly Today = new(2024, 6, 1);

    private static readonly VerdictRules Rules = new(Cases.Digester);

    private static readonly PermitTimeline WorkPermit = Compile(
        new Issued(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit, Holder: Digest(SubjectRole.Holder, "110105199003072338")),
        new DependantAdded(new DateOnly(2024, 5, 20), SubjectRole.Child, Digest(SubjectRole.Child, "110105201608140014")),
        new Reissued(new DateOnly(2024, 5, 30)),
        new Reissued(new DateOnly(2024, 6, 10)));

    [Theory]
    [InlineData(SubjectRole.Holder, "110105199003072338", SubjectMatch.Matched)]
    [InlineData(SubjectRole.Holder, "110105201608140014", SubjectMatch.NotMatched)]
    [InlineData(SubjectRole.Child, "110105201608140014", SubjectMatch.Matched)]
    [InlineData(SubjectRole.Child, "110105199003072338", SubjectMatch.NotMatched)]
    [InlineData(SubjectRole.Spouse, "110105201608140014", SubjectMatch.NotMatched)]
    [InlineData(SubjectRole.Parent, null, SubjectMatch.NotChecked)]
    public void Decide_IdentityNumberSent_IsComparedInItsRole(SubjectRole role, string? identity, SubjectMatch expected)
    {
        var subject = new Subject(role, Person(identity));
        var verdict = Rules.Decide(WorkPermit.Number, WorkPermit, Today, subject, null, StandingView.Authority);
        var byDigest = VerdictRules.Decide(
            WorkPermit.Number, WorkPermit, Today, subject.Digested(WorkPermit.Number, Cases.Digester), null, StandingView.Authority);

        Assert.Equal((expected, expected), (verdict.SubjectMatch, byDigest.SubjectMatch));
        Assert.Equal(verdict.Decisions.AsEnumerable(), byDigest.Decisions);
        if (expected == SubjectMatch.NotMatched)
        {
            Assert.All(verdict.Decisions, decision => Assert.Equal((Decision.NotConferred, Basis.SubjectMismatch), (decision.Decision, decision.Basis)));
        }
    }

    [Theory]
    [InlineData("2024-05-19", SubjectMatch.NotMatched)]
    [InlineData("2024-05-20", SubjectMatch.Matched)]
    public void Decide_FamilyOnADate_IsThatOfTheDate(string asOf, SubjectMatch expected)
    {
        var verdict = Rules.Decide(
            WorkPermit.Number,
            WorkPermit,
            DateOnly.ParseExact(asOf, "yyyy-MM-dd"),
            new Subject(SubjectRole.Child, Person("110105201608140014")),
            null,
            StandingView.Authority);

        Assert.Equal(expected, verdict.SubjectMatch);
    }

    [Fact]
    public void Decide_NoIdentityOnFileOrNoFamilyKept_IsNotChecked()
    {
        var card = Compile(new Issued(new DateOnly(2024, 5, 10), PermitKind.ResidencePermit));
        foreach (var role in Enum.GetValues<SubjectRole>())
        {
            var verdict = Rules.Decide(card.Number, card, Today, new Subject(role, Person("110105199003072338")), null, StandingView.Authority);
            Assert.Equal(SubjectMatch.NotChecked, verdict.SubjectMatch);
        }
    }

    [Theory]
    [InlineData(SubjectRole.Holder, Entitlement.HomePurchase, Decision.Conferred, Basis.CitizenTreatment)]
    [InlineData(SubjectRole.Child, Entitlement.HomePurchase, Decision.NotConferred, Basis.HolderOnly)]
    [InlineData(SubjectRole.Child, Entitlement.SchoolEnrollment, Decision.Conferred, Basis.CitizenTreatment)]
    [InlineData(SubjectRole.Child, Entitlement.HigherVocationalExam, Decision.Conditional, Basis.DocumentRequired)]
    [InlineData(SubjectRole.Spouse, Entitlement.SchoolEnrollment, Decision.NotConferred, Basis.HolderOnly)]
    [InlineData(SubjectRole.Parent, Entitlement.UniversityEntranceExam, Decision.NotConferred, Basis.NoPermitConfers)]
    [InlineData(SubjectRole.Spouse, Entitlement.PointsSettlement, Decision.NotConferred, Basis.PermitKind)]
    public void Decide_RoleAndEntitlement_FollowTheTable(SubjectRole role, Entitlement entitlement, Decision decision, Basis basis)
    {
        var verdict = Rules.Decide(WorkPermit.Number, WorkPermit, Today, new Subject(role, null), null, StandingView.Authority);

        Assert.Equal(new EntitlementDecision(entitlement, decision, basis), verdict.On(entitlement));
    }

    [Theory]
    [InlineData(TestRulebooks.First, "2029-03-05", Decision.Conferred, Basis.CitizenTreatment)]
    [InlineData(TestRulebooks.Second, "2030-03-05", Decision.Conditional, Basis.FurtherRules)]
    public void Decide_TimelineOfARulebook_IsDecidedUnderThatOneAlone(string version, string expiresOn, Decision decision, Basis basis)
    {
        var rulebook = TestRulebooks.Library(Today).Find(version)!;
        var timeline = TimelineCompiler.Compile(
            RandomHistories.Of(new Issued(new DateOnly(2026, 3, 5), PermitKind.WorkResidencePermit)), rulebook)!.Value;

        var verdict = Rules.Decide(
            timeline.Number, timeline, new DateOnly(2026, 3, 5), Subject.Holder, null, StandingView.Authority);

        Assert.Same(rulebook, timeline.Rulebook);
        Assert.Equal(DateOnly.ParseExact(expiresOn, "yyyy-MM-dd"), verdict.ExpiresOn);
        Assert.Equal(new EntitlementDecision(Entitlement.HomePurchase, decision, basis), verdict.On(Entitlement.HomePurchase));
    }

    [Theory]
    [InlineData(null, CardMatch.NotChecked)]
    [InlineData(1, CardMatch.Superseded)]
    [InlineData(2, CardMatch.Current)]
    [InlineData(3, CardMatch.NotIssued)]
    public void Decide_CardEdition_IsComparedAsOfTheDate(int? edition, CardMatch expected) => Assert.Equal(
        expected, Rules.Decide(WorkPermit.Number, WorkPermit, Today, Subject.Holder, edition, StandingView.Authority).CardMatch);

    [Fact]
    public void Decide_BeforeTheIssue_ShowsTheKindAndNothingElse()
    {
        var verdict = Rules.Decide(
            WorkPermit.Number,
            WorkPermit,
            new DateOnly(2024, 5, 9),
            new Subject(SubjectRole.Holder, Person("110105201608140014")),
            1,
            StandingView.Authority);

        Assert.Equal(PermitStatus.NotYetValid, verdict.Standing.Status);
        Assert.Equal(PermitKind.WorkResidencePermit, verdict.Kind);
        Assert.Equal(new DateOnly(2024, 5, 10), verdict.StatusUntil);
        Assert.Equal((null, null, null), (verdict.StatusSince, verdict.IssuedOn, verdict.ExpiresOn));
        Assert.Equal((SubjectMatch.NotChecked, CardMatch.NotChecked), (verdict.SubjectMatch, verdict.CardMatch));
        Assert.All(verdict.Decisions, decision => Assert.Equal(Basis.PermitStatus, decision.Basis));
    }

    [Fact]
    public void Decide_KnownPermit_AllocatesNothing()
    {
        var subject = new Subject(SubjectRole.Holder, Person("110105199003072338"));
        var valid = 0;
        var before = 0L;
        for (var i = 0; i < 1001; i++)
        {
            before = i == 1 ? GC.GetAllocatedBytesForCurrentThread() : before;
            var verdict = Rules.Decide(WorkPermit.Number, WorkPermit, Today, subject, 2, StandingView.Restricted);
            valid += verdict.Standing.Status == PermitStatus.Valid ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001, valid);
    }

    private static PermitTimeline Compile(params PermitEvent[] events) =>
        TimelineCompiler.Compile(RandomHistories.Of(events), Cases.Rulebook)!.Value;

    private static IdentityDigest Digest(SubjectRole role, string identity) =>
        Cases.Digester.Digest(RandomHistories.Number, role, Person(identity)!.Value);

    private static ResidentIdentityNumber? Person(string? text)
    {
        if (text is null)
        {
            return null;
        }

        Assert.True(ResidentIdentityNumber.TryParse(text, out var number));
        return number;
    }
}
