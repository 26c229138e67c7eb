using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.Cli.Tests.Support;

/// <summary>Answers as the service gives them.</summary>
internal static class Samples
{
    /// <summary>Well formed, and nobody's.</summary>
    public const string IdentityNumber = "110105199003072338";

    /// <summary>A passport's number, which nothing in it tells to be one.</summary>
    public const string PassportNumber = "E1234 5678";

    public static Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    public static VerifyPermitResponse Frozen()
    {
        var verdict = new Verdict
        {
            PermitNumber = "BJ2024000017",
            Kind = PermitKind.WorkResidencePermit,
            Status = PermitStatus.Frozen,
            AsOf = Day(2026, 5, 4),
            StatusSince = Day(2026, 5, 1),
            StatusUntil = Day(2027, 3, 5),
            IssuedOn = Day(2024, 3, 5),
            ExpiresOn = Day(2027, 3, 5),
            SubjectMatch = SubjectMatch.NotChecked,
            CardMatch = CardMatch.NotChecked,
        };
        verdict.Reasons.Add(StatusReason.InspectionMissed);
        verdict.Entitlements.Add(Decide(Entitlement.HomePurchase, Decision.NotConferred, Basis.PermitStatus));
        verdict.Entitlements.Add(Decide(Entitlement.OwnerOccupiedHousingLottery, Decision.NotConferred, Basis.PermitStatus));
        return new VerifyPermitResponse { Verdict = verdict, Provenance = Provenance() };
    }

    public static VerifyPermitResponse Valid()
    {
        var answer = Frozen();
        answer.Verdict.Status = PermitStatus.Valid;
        answer.Verdict.Reasons.Clear();
        answer.Verdict.StatusUntil = null;
        answer.Verdict.SubjectMatch = SubjectMatch.Matched;
        answer.Verdict.CardMatch = CardMatch.Superseded;
        answer.Verdict.Entitlements.Clear();
        answer.Verdict.Entitlements.Add(Decide(Entitlement.HomePurchase, Decision.Conferred, Basis.CitizenTreatment));
        answer.Verdict.Entitlements.Add(Decide(Entitlement.AffordableHousing, Decision.Conditional, Basis.FurtherRules));
        answer.Verdict.Entitlements.Add(Decide(Entitlement.UniversityEntranceExam, Decision.NotConferred, Basis.NoPermitConfers));
        return answer;
    }

    /// <summary>Of a permit that is valid, asked about until a last day.</summary>
    public static VerifyPermitResponse Throughout(Throughout throughout)
    {
        var answer = Valid();
        answer.Verdict.ValidUntil = Day(2027, 3, 5);
        answer.Verdict.Throughout = throughout;
        if (!throughout.Valid)
        {
            answer.Verdict.Entitlements.Clear();
            answer.Verdict.Entitlements.Add(Decide(Entitlement.HomePurchase, Decision.NotConferred, Basis.PermitStatus));
        }
        return answer;
    }

    public static VerifyPermitResponse NotFound(string number) => new()
    {
        Verdict = new Verdict
        {
            PermitNumber = number,
            Status = PermitStatus.NotFound,
            AsOf = Day(2026, 5, 4),
            SubjectMatch = SubjectMatch.NotChecked,
            CardMatch = CardMatch.NotChecked,
        },
        Provenance = Provenance(),
    };

    public static GetRulebookResponse Rulebook()
    {
        var rulebook = new Rulebook { Version = "2026.1" };
        rulebook.Remedies.Add(new Remedy
        {
            Reason = StatusReason.InspectionMissed,
            Actor = "employer",
            ActorZh = "聘用单位",
            Action = "written application at the district bureau's window",
            ActionZh = "持营业执照到区县人力社保局窗口提交书面申请",
            Source = "[A §3.5, §5]",
        });
        rulebook.Remedies.Add(new Remedy
        {
            Reason = StatusReason.InspectionMissed,
            Kind = PermitKind.ResidencePermit,
            Actor = "nobody",
            Action = "of another kind",
        });
        return new GetRulebookResponse { Rulebook = rulebook };
    }

    public static GetTimelineResponse Timeline()
    {
        var timeline = new GetTimelineResponse
        {
            PermitNumber = "BJ2024000017",
            Kind = PermitKind.WorkResidencePermit,
            Provenance = Provenance(),
        };
        timeline.Segments.Add(Segment(null, Day(2024, 3, 5), PermitStatus.NotYetValid));
        timeline.Segments.Add(Segment(Day(2024, 3, 5), Day(2025, 4, 1), PermitStatus.Valid));
        timeline.Segments.Add(Segment(Day(2025, 4, 1), Day(2025, 5, 1), PermitStatus.Valid, StatusReason.InspectionPending));
        timeline.Segments.Add(Segment(Day(2025, 5, 1), Day(2026, 4, 5), PermitStatus.Frozen, StatusReason.InspectionMissed));
        timeline.Segments.Add(Segment(Day(2026, 4, 5), null, PermitStatus.Expired, StatusReason.Lapsed));
        return timeline;
    }

    public static GetPermitResponse History()
    {
        var history = new GetPermitResponse { PermitNumber = "BJ2024000017", Revision = 5312 };
        history.Events.Add(Recorded(11, new PermitEvent
        {
            On = Day(2024, 3, 5),
            Issued = new Issued
            {
                Kind = PermitKind.WorkResidencePermit,
                AppliedOn = Day(2024, 1, 20),
                Employer = "中关村软件有限公司",
                HolderOnFile = true,
            },
        }));
        history.Events.Add(Recorded(907, new PermitEvent
        {
            On = Day(2024, 4, 11),
            Inspected = new Inspected { Channel = InspectionChannel.Online },
        }));
        history.Events.Add(Recorded(5200, new PermitEvent
        {
            On = Day(2024, 6, 2),
            DependantAdded = new DependantAdded { Relation = SubjectRole.Child, IdDocument = IdentityDocument.Passport },
        }));
        foreach (var (index, recorded) in history.Events.Index())
            recorded.Place = index + 1;
        return history;
    }

    /// <summary>The history after its second event was annulled and the right one recorded.</summary>
    public static GetPermitResponse CorrectedHistory()
    {
        var history = History();
        (history.Events[1].AnnulledByPlace, history.Events[1].AnnulledAtRevision) = (4, 5310);
        history.Events.Add(Recorded(5310, new PermitEvent
        {
            On = Day(2024, 6, 3),
            Annulled = new Annulled { Target = 2, Reason = "另一人的年检" },
        }));
        history.Events[3].Place = 4;
        return history;
    }

    public static Provenance Provenance() => new()
    {
        CheckId = "01JTC0FFEE",
        Revision = 5312,
        DataAsOf = new Timestamp { Seconds = 1777825800 },
        RulebookVersion = "2026.1",
    };

    private static EntitlementDecision Decide(Entitlement entitlement, Decision decision, Basis basis) =>
        new() { Entitlement = entitlement, Decision = decision, Basis = basis };

    private static TimelineSegment Segment(Date? from, Date? until, PermitStatus status, params StatusReason[] reasons) =>
        new() { From = from, Until = until, Status = status, Reasons = { reasons } };

    private static RecordedEvent Recorded(long revision, PermitEvent recorded) => new()
    {
        Revision = revision,
        Event = recorded,
        RecordedAt = new Timestamp { Seconds = 1777825800 },
        RecordedBy = "demo-authority",
    };
}
