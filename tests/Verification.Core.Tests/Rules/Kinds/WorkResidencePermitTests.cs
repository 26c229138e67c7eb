using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using static Verification.Core.Permits.RejectCode;
using static Verification.Core.Rules.Codes.PermitStatus;
using static Verification.Core.Rules.Codes.StatusReasons;
using static Verification.Core.Tests.Rules.Kinds.Scene;

namespace Verification.Core.Tests.Rules.Kinds;

/// <summary>Policy §3, hand-written.</summary>
public sealed class WorkResidencePermitTests
{
    [Theory]
    [InlineData("2025-06-30", null, "2027-06-30")]
    [InlineData("2025-07-01", null, "2028-07-01")]
    [InlineData("2025-07-20", "2025-06-30", "2027-07-20")]
    [InlineData("2025-06-20", "2025-07-01", "2028-06-20")]
    [InlineData("2024-02-29", null, "2026-02-28")]
    public void Term_ByDateOfApplication_IsTwoOrThreeYears(string issuedOn, string? appliedOn, string expiresOn) =>
        WorkPermit(issuedOn, appliedOn).ExpiresOn(issuedOn, expiresOn);

    [Theory]
    [InlineData("2026-02-27", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-03-30", true)]
    [InlineData("2026-04-29", true)]
    public void Renewed_WindowAroundTheEnd_IsHalfOpen(string on, bool admissible)
    {
        // Issued on 31 March: one month before the end of 31 March 2026 is 28 February, one month after is 30 April.
        var scene = WorkPermit("2024-03-31")
            .Then(new Inspected(Date("2024-04-05"), InspectionChannel.Online))
            .Then(new Inspected(Date("2025-04-05"), InspectionChannel.Online));
        if (admissible)
        {
            scene.Then(new Renewed(Date(on))).ExpiresOn(on, "2028-03-31");
        }
        else
        {
            scene.Refuses(new Renewed(Date(on)), NotAdmissible);
        }
    }

    [Fact]
    public void Renewed_OnTheDayOfLapsing_IsLapsed() => WorkPermit("2024-05-31")
        .Then(new Inspected(Date("2025-04-05"), InspectionChannel.Online))
        .Then(new Inspected(Date("2026-04-05"), InspectionChannel.Online))
        .Shows("2026-06-29", Expired, ExpiredRenewable, "2026-06-30")
        .Refuses(new Renewed(Date("2026-06-30")), RejectCode.Lapsed)
        .Shows("2026-06-30", Expired, StatusReasons.Lapsed, null);

    [Fact]
    public void Renewed_WhileFrozen_IsRefusedUntilInspected() => WorkPermit("2024-05-20")
        .Shows("2025-05-01", Frozen, InspectionMissed, "2026-05-20")
        .Refuses(new Renewed(Date("2026-05-01")), NotAdmissible)
        .Then(new Inspected(Date("2026-05-02"), InspectionChannel.Window))
        .Then(new Renewed(Date("2026-05-02")))
        .Shows("2026-05-02", Valid, None, "2027-04-01");

    [Fact]
    public void Inspection_NotMade_FreezesOnTheFirstOfMay() => WorkPermit("2024-04-01")
        .Shows("2024-04-01", Valid, None, "2025-04-01")
        .Shows("2025-04-01", Valid, InspectionPending, "2025-05-01")
        .Shows("2025-05-01", Frozen, InspectionMissed, "2026-04-01")
        .Shows("2026-04-01", Expired, ExpiredRenewable | InspectionMissed, "2026-05-01")
        .Shows("2026-05-01", Expired, StatusReasons.Lapsed, null);

    [Fact]
    public void Inspection_IssuedOnTheLastOfMarch_IsDueTheNextDay() => WorkPermit("2024-03-31")
        .Shows("2024-03-31", Valid, None, "2024-04-01")
        .Shows("2024-04-01", Valid, InspectionPending, "2024-05-01");

    [Fact]
    public void Inspection_ExpiryOnTheFirstOfApril_ComesFirst() => WorkPermit("2024-04-01")
        .Then(new Inspected(Date("2025-04-30"), InspectionChannel.Online))
        .Shows("2026-04-01", Expired, ExpiredRenewable, "2026-05-01");

    [Fact]
    public void Inspection_ExpiryOnTheFirstOfMay_FreezesAllTheSame() => WorkPermit("2024-05-01")
        .Then(new Inspected(Date("2025-04-30"), InspectionChannel.Online))
        .Shows("2026-04-30", Valid, RenewalWindowOpen | InspectionPending, "2026-05-01")
        .Shows("2026-05-01", Expired, ExpiredRenewable | InspectionMissed, "2026-06-01");

    [Fact]
    public void Inspected_OnlineWhileExpiredAndPending_IsRefusedAndAtTheWindowAdmitted() => WorkPermit("2024-04-10")
        .Then(new Inspected(Date("2025-04-30"), InspectionChannel.Online))
        .Shows("2026-04-10", Expired, ExpiredRenewable | InspectionPending, "2026-05-01")
        .Refuses(new Inspected(Date("2026-04-10"), InspectionChannel.Online), NotAdmissible)
        .Then(new Inspected(Date("2026-04-10"), InspectionChannel.Window))
        .Shows("2026-04-10", Expired, ExpiredRenewable, "2026-05-10");

    [Fact]
    public void Inspected_OnlineOnTheDayOfExpiry_IsRefusedAndTheDayBeforeAdmitted() => WorkPermit("2024-04-10")
        .Then(new Inspected(Date("2025-04-30"), InspectionChannel.Online))
        .Then(new Inspected(Date("2026-04-09"), InspectionChannel.Online))
        .Shows("2026-04-09", Valid, RenewalWindowOpen, "2026-04-10");

    [Fact]
    public void Inspected_WhenNothingIsDue_IsRefused() => WorkPermit("2024-05-10")
        .Refuses(new Inspected(Date("2025-03-31"), InspectionChannel.Online), NotAdmissible)
        .Refuses(new Inspected(Date("2025-03-31"), InspectionChannel.Window), NotAdmissible)
        .Then(new Inspected(Date("2025-04-01"), InspectionChannel.Online))
        .Refuses(new Inspected(Date("2025-04-02"), InspectionChannel.Window), NotAdmissible);

    [Fact]
    public void Inspected_WhileFrozen_NeedsTheWindow() => WorkPermit("2024-05-10")
        .Refuses(new Inspected(Date("2025-05-01"), InspectionChannel.Online), NotAdmissible)
        .Then(new Inspected(Date("2025-05-01"), InspectionChannel.Window))
        .Shows("2025-05-01", Valid, None, "2026-04-01");

    [Fact]
    public void Renewed_WhilePending_StaysPending() => WorkPermit("2024-04-10")
        .Then(new Inspected(Date("2025-04-30"), InspectionChannel.Online))
        .Then(new Renewed(Date("2026-04-20")))
        .Shows("2026-04-20", Valid, InspectionPending, "2026-05-01")
        .Shows("2026-05-01", Frozen, InspectionMissed, "2028-04-10");

    [Fact]
    public void EmployerChanged_InTheMonthOfGrace_IsAdmittedThroughTheDueDay() => WorkPermit("2023-06-01")
        .Then(new Inspected(Date("2024-04-02"), InspectionChannel.Online))
        .Then(new Inspected(Date("2025-04-02"), InspectionChannel.Online))
        .Then(new EmploymentEnded(Date("2025-05-10"), Date("2025-05-02")))
        .Shows("2025-06-01", Expired, ExpiredRenewable | StatusReasons.EmploymentEnded, "2025-07-01")
        .Then(new EmployerChanged(Date("2025-06-30"), "国贸咨询"))
        .Shows("2025-06-30", Expired, ExpiredRenewable, "2025-07-01");

    [Fact]
    public void EmploymentEnded_FiledAfterTheTransferWasDue_IsOverdueAtOnce() => WorkPermit("2024-05-10")
        .Then(new EmploymentEnded(Date("2024-09-01"), Date("2024-06-30")))
        .Shows("2024-09-01", Valid, TransferOverdue, "2025-04-01")
        .Refuses(new CancellationDeferred(Date("2024-09-01"), Date("2024-12-01"), "甲"), NotAdmissible)
        .Refuses(new EmployerChanged(Date("2024-09-01"), "甲"), NotAdmissible)
        .Refuses(new EmploymentEnded(Date("2024-09-01"), Date("2024-09-01")), NotAdmissible);

    [Fact]
    public void TransferDue_LeftOnTheLastOfDecember_IsTheLastOfFebruary() => WorkPermit("2024-05-10")
        .Then(new EmploymentEnded(Date("2024-12-31"), Date("2024-12-31")))
        .Shows("2024-12-31", Valid, StatusReasons.EmploymentEnded, "2025-03-01")
        .Shows("2025-02-28", Valid, StatusReasons.EmploymentEnded, "2025-03-01")
        .Shows("2025-03-01", Valid, TransferOverdue, "2025-04-01");

    [Theory]
    [InlineData("2024-08-30", "2024-12-30", true)]
    [InlineData("2024-08-31", "2024-12-30", false)]
    [InlineData("2024-08-30", "2024-08-30", false)]
    [InlineData("2024-08-30", "2024-08-31", true)]
    [InlineData("2024-08-30", "2024-12-31", false)]
    public void CancellationDeferred_OnAndUntil_AreBounded(string on, string until, bool admissible)
    {
        var scene = WorkPermit("2024-05-10").Then(new EmploymentEnded(Date("2024-06-30"), Date("2024-06-30")));
        var deferral = new CancellationDeferred(Date(on), Date(until), "甲");
        if (admissible)
        {
            scene.Then(deferral).Refuses(deferral, NotAdmissible);
        }
        else
        {
            scene.Refuses(deferral, NotAdmissible);
        }
    }

    [Fact]
    public void EmployerChanged_AfterADeferral_NeedsItsEmployerAfterTwoMonths() => WorkPermit("2024-05-10")
        .Then(new EmploymentEnded(Date("2024-06-30"), Date("2024-06-30")))
        .Then(new CancellationDeferred(Date("2024-07-01"), Date("2024-12-30"), " Ａｃｍｅ 有限公司 "))
        .Shows("2024-08-31", Valid, StatusReasons.EmploymentEnded, "2024-12-31")
        .Refuses(new EmployerChanged(Date("2024-08-31"), "其他公司"), NotAdmissible)
        .Refuses(new EmployerChanged(Date("2024-12-31"), "Acme 有限公司"), NotAdmissible)
        .Then(new EmployerChanged(Date("2024-12-30"), "Acme 有限公司"))
        .Shows("2024-12-30", Valid, None, "2025-04-01")
        .Then(new EmploymentEnded(Date("2025-01-02"), Date("2025-01-01")))
        .Then(new CancellationDeferred(Date("2025-01-02"), Date("2025-03-02"), "甲"));

    [Theory]
    [InlineData("Acme 有限公司", "　Ａｃｍｅ　有限公司\t")]
    [InlineData("　Ａｃｍｅ　有限公司\t", "Acme 有限公司")]
    public void EmployerChanged_SameEmployerWrittenOtherwise_IsTheSame(string deferred, string changed) => WorkPermit("2024-05-10")
        .Then(new EmploymentEnded(Date("2024-06-30"), Date("2024-06-30")))
        .Then(new CancellationDeferred(Date("2024-07-01"), Date("2024-12-30"), deferred))
        .Then(new EmployerChanged(Date("2024-12-30"), changed));

    [Fact]
    public void EmployerChanged_InTheFirstTwoMonths_MayBeAnyEmployer() => WorkPermit("2024-05-10")
        .Then(new EmploymentEnded(Date("2024-06-30"), Date("2024-06-30")))
        .Then(new CancellationDeferred(Date("2024-07-01"), Date("2024-12-30"), "甲"))
        .Then(new EmployerChanged(Date("2024-08-30"), "乙"));

    [Fact]
    public void Retained_Returned_AlternateAndShow() => WorkPermit("2024-05-10")
        .Refuses(new Returned(Date("2024-05-10")), NotAdmissible)
        .Then(new Retained(Date("2024-06-01"), RetentionProcedure.Reissue))
        .Refuses(new Retained(Date("2024-06-02"), RetentionProcedure.Renewal), NotAdmissible)
        .Shows("2025-05-01", Frozen, InspectionMissed | UnderProcedure, "2026-05-10")
        .Then(new Returned(Date("2024-06-02")))
        .Shows("2024-06-02", Valid, None, "2025-04-01");

    [Fact]
    public void Cancelled_IsFinalAndHidesEverythingElse() => WorkPermit("2024-05-10")
        .Then(new Retained(Date("2024-06-01"), RetentionProcedure.Reissue))
        .Then(new Core.Permits.Events.Cancelled(Date("2024-06-02"), null))
        .Shows("2024-06-02", PermitStatus.Cancelled, StatusReasons.Cancelled, null)
        .Refuses(new Returned(Date("2024-06-02")), AlreadyCancelled)
        .Refuses(new Core.Permits.Events.Cancelled(Date("2030-06-02"), null), AlreadyCancelled);

    [Fact]
    public void Judge_SeveralCodesApply_TakesTheFirstOfThePolicy() => WorkPermit("2024-05-10")
        .Refuses(new Issued(Date("2020-01-01"), PermitKind.ResidencePermit), AlreadyIssued)
        .Refuses(new Endorsed(Date("2024-05-09")), OutOfOrder)
        .Refuses(new Endorsed(Date("2029-01-01")), WrongKind)
        .Refuses(new Returned(Date("2029-01-01")), RejectCode.Lapsed)
        .Then(new Core.Permits.Events.Cancelled(Date("2024-06-02"), null))
        .Refuses(new Endorsed(Date("2024-06-02")), WrongKind)
        .Refuses(new Renewed(Date("2029-01-01")), AlreadyCancelled)
        .Refuses(new Renewed(Date("2024-06-01")), OutOfOrder);

    [Fact]
    public void Judge_FirstEventIsNoIssue_IsNotIssued() =>
        new Scene().Refuses(new Endorsed(Date("2024-05-09")), NotIssued);

    [Fact]
    public void Issued_AtTheEndOfTheCalendar_NeverExpires() => WorkPermit("9999-12-01")
        .Shows("9999-12-30", Valid, None, null)
        .Refuses(new Renewed(Date("9999-12-31")), NotAdmissible);
}
