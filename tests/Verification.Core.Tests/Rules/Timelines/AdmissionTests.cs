using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Tests.Rules.Timelines;

public sealed class AdmissionTests
{
    private static readonly Issued Issue = new(new DateOnly(2024, 5, 10), PermitKind.WorkResidencePermit);

    [Fact]
    public void TryAdd_ToAHistory_GoesOnAfterItsLastEvent()
    {
        var admission = new Admission(Cases.Rulebook, [Issue, new Retained(new DateOnly(2024, 6, 1), RetentionProcedure.Reissue)]);

        Assert.Equal(2, admission.Count);
        Assert.Equal(RejectCode.AlreadyIssued, admission.TryAdd(Issue)?.Code);
        Assert.Equal(RejectCode.OutOfOrder, admission.TryAdd(new Returned(new DateOnly(2024, 5, 31)))?.Code);
        Assert.Equal(2, admission.Count);
        Assert.Null(admission.TryAdd(new Returned(new DateOnly(2024, 6, 1))));
        Assert.Equal(3, admission.Count);
    }

    [Fact]
    public void Create_HistoryWithoutOneIssueAtItsBeginning_IsDamaged()
    {
        Assert.Throws<FormatException>(() => new Admission(Cases.Rulebook, [new Reissued(Issue.On)]));
        Assert.Throws<FormatException>(() => new Admission(Cases.Rulebook, [Issue, Issue]));
    }

    /// <summary>Policy §7a: first that there is such a target, then its date, then what remains.</summary>
    [Theory]
    [InlineData(4, "2024-01-01", RejectCode.NotAdmissible, "The permit has no event at place 4; it has 3.")]
    [InlineData(3, "2024-01-01", RejectCode.NotAdmissible, "The event at place 3 is an annulment, which is not annulled: record the right event anew.")]
    [InlineData(2, "2024-01-01", RejectCode.NotAdmissible, "The event at place 2 is annulled already.")]
    [InlineData(1, "2024-05-09", RejectCode.OutOfOrder, "The event to annul is of 2024-05-10; its annulment is not of an earlier date.")]
    public void TryAdd_AnnulmentOfWhatCannotBe_SaysWhichRule(int target, string on, RejectCode code, string detail)
    {
        var admission = new Admission(
            Cases.Rulebook, [Issue, new Reissued(new DateOnly(2024, 6, 1)), new Annulled(new DateOnly(2024, 6, 1), 2, "录错")]);

        var rejection = admission.TryAdd(new Annulled(DateOnly.ParseExact(on, "yyyy-MM-dd"), target, "录错"));
        Assert.Equal((code, detail), (rejection!.Code, rejection.Detail.English));
        Assert.Equal(3, admission.Count);
    }

    [Fact]
    public void TryAdd_AnnulmentThatLaterEventsRestOn_NamesTheFirstOfThem()
    {
        var admission = new Admission(
            Cases.Rulebook, [Issue, new Retained(new DateOnly(2024, 6, 1), RetentionProcedure.Reissue), new Returned(new DateOnly(2024, 7, 1))]);

        Assert.Equal(
            new Rejection(
                RejectCode.NotAdmissible,
                new(
                    "Without it the event at place 3, 'returned' of 2024-07-01, would not be admissible: The card is not retained.",
                    "去掉它之后，第 3 个事项（2024-07-01 的 'returned'）将不能受理：证件没有被留置。")),
            admission.TryAdd(new Annulled(new DateOnly(2024, 7, 1), 2, "录错")));
        Assert.Null(admission.TryAdd(new Annulled(new DateOnly(2024, 7, 1), 3, "录错")));
        Assert.Null(admission.TryAdd(new Annulled(new DateOnly(2024, 6, 1), 2, "录错")));
        Assert.Null(admission.TryAdd(new Cancelled(Issue.On, null)));
    }

    [Fact]
    public void TryAdd_AnnulmentOfANumberWithoutEvents_IsNotIssued() =>
        Assert.Equal(RejectCode.NotIssued, new Admission(Cases.Rulebook).TryAdd(new Annulled(Issue.On, 1, "录错"))?.Code);

    [Fact]
    public void Create_AnnulmentOfNoEvent_IsDamaged()
    {
        Assert.Throws<FormatException>(() => new Admission(Cases.Rulebook, [Issue, new Annulled(Issue.On, 2, "录错")]));
        Assert.Throws<FormatException>(() => new Admission(Cases.Rulebook, [new Annulled(Issue.On, 1, "录错")]));
    }

    /// <summary>2026.1 knows no employers: none may be issued under it, and what was issued since takes no event under it.</summary>
    [Fact]
    public void TryAdd_EmployerRegistrationUnderTheFirstRulebook_IsNotAdmissible()
    {
        var first = RulebookLibrary.Embedded.Find("2026.1")!;
        var issue = Issue with { Kind = PermitKind.EmployerRegistration };

        Assert.Equal(RejectCode.NotAdmissible, new Admission(first).TryAdd(issue)?.Code);
        Assert.Equal(RejectCode.NotAdmissible, new Admission(first, [issue]).TryAdd(new Cancelled(Issue.On, null))?.Code);
        Assert.Null(new Admission(Cases.Rulebook, [issue]).TryAdd(new Cancelled(Issue.On, null)));
    }
}
