using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using static Verification.Core.Permits.RejectCode;
using static Verification.Core.Rules.Codes.PermitStatus;
using static Verification.Core.Rules.Codes.StatusReasons;
using static Verification.Core.Tests.Rules.Kinds.Scene;

namespace Verification.Core.Tests.Rules.Kinds;

/// <summary>Policy §4 to §6, hand-written.</summary>
public sealed class OtherKindsTests
{
    [Fact]
    public void RegistrationCard_FromTheLastOfAugust_ClampsEachDateFromTheStart() => Issued(PermitKind.ResidenceRegistrationCard, "2024-08-31")
        .ExpiresOn("2024-08-31", "2025-02-28")
        .Shows("2025-01-30", Valid, None, "2025-01-31")
        .Shows("2025-01-31", Valid, RenewalWindowOpen, "2025-02-28")
        .Shows("2025-02-28", Expired, ExpiredRenewable, "2025-03-31")
        .Shows("2025-03-31", Expired, StatusReasons.Lapsed, null);

    [Theory]
    [InlineData("2025-01-30", NotAdmissible)]
    [InlineData("2025-01-31", null)]
    [InlineData("2025-03-30", null)]
    [InlineData("2025-03-31", RejectCode.Lapsed)]
    public void Extended_ExactlyAtFiveAndSevenMonths_IsHalfOpen(string on, RejectCode? code)
    {
        var scene = Issued(PermitKind.ResidenceRegistrationCard, "2024-08-31");
        if (code is { } expected)
        {
            scene.Refuses(new Extended(Date(on)), expected);
        }
        else
        {
            // The new start is the old end, as it was clamped.
            scene.Then(new Extended(Date(on))).ExpiresOn(on, "2025-08-28");
        }
    }

    [Fact]
    public void Exchanged_InTheMonthOfGrace_CancelsTheCard() => Issued(PermitKind.ResidenceRegistrationCard, "2024-08-31")
        .Then(new Core.Permits.Events.Exchanged(Date("2025-03-30"), PermitNumber.Parse("JZ2025000001")))
        .Shows("2025-03-30", PermitStatus.Cancelled, StatusReasons.Exchanged, null)
        .Refuses(new Core.Permits.Events.Cancelled(Date("2025-03-30"), null), AlreadyCancelled);

    [Fact]
    public void Exchanged_OnceLapsed_IsLapsed() => Issued(PermitKind.ResidenceRegistrationCard, "2024-08-31")
        .Refuses(new Core.Permits.Events.Exchanged(Date("2025-03-31"), PermitNumber.Parse("JZ2025000001")), RejectCode.Lapsed);

    [Fact]
    public void ResidencePermit_EndorsedInTime_MovesFromItsOldEnd() => Issued(PermitKind.ResidencePermit, "2024-02-29")
        .ExpiresOn("2024-02-29", "2025-02-28")
        .Refuses(new Endorsed(Date("2025-01-27")), NotAdmissible)
        .Shows("2025-01-28", Valid, RenewalWindowOpen, "2025-02-28")
        .Then(new Endorsed(Date("2025-01-28")))
        .ExpiresOn("2025-01-28", "2026-02-28")
        .Shows("2025-01-28", Valid, None, "2026-01-28");

    [Fact]
    public void ResidencePermit_EndorsedWhileFrozen_CountsFromThatDay() => Issued(PermitKind.ResidencePermit, "2024-02-29")
        .Shows("2025-02-28", Frozen, EndorsementMissed, null)
        .Then(new Endorsed(Date("2025-02-28")))
        .ExpiresOn("2025-02-28", "2026-02-28")
        .Shows("2026-02-28", Frozen, EndorsementMissed, null)
        .Then(new Endorsed(Date("2031-05-05")))
        .ExpiresOn("2031-05-05", "2032-05-05");

    [Fact]
    public void TemporaryPermit_AfterItsPrintedDay_IsLapsed() => Issued(PermitKind.TemporaryResidencePermit, "2013-01-01", "2013-12-31")
        .Shows("2013-12-31", Valid, None, "2014-01-01")
        .Shows("2014-01-01", Expired, StatusReasons.Lapsed, null)
        .Refuses(new Core.Permits.Events.Cancelled(Date("2014-01-01"), null), RejectCode.Lapsed);

    [Fact]
    public void TemporaryPermit_PrintedDayBeforeTheIssue_LapsesAtOnce() =>
        Issued(PermitKind.TemporaryResidencePermit, "2013-01-01", "2012-12-31")
            .Shows("2013-01-01", Expired, StatusReasons.Lapsed, null);
}
