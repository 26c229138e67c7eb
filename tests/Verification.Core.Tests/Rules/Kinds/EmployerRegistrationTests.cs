using System.Text;
using System.Text.Json.Nodes;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Core.Tests.Rules.Timelines;
using static Verification.Core.Permits.RejectCode;
using static Verification.Core.Rules.Codes.PermitStatus;
using static Verification.Core.Rules.Codes.StatusReasons;
using static Verification.Core.Tests.Rules.Kinds.Scene;
using Cancelled = Verification.Core.Permits.Events.Cancelled;

namespace Verification.Core.Tests.Rules.Kinds;

/// <summary>Policy §6a, hand-written, and years without an inspection.</summary>
public sealed class EmployerRegistrationTests
{
    [Fact]
    public void Inspection_NotMade_FreezesOnTheFirstOfMayForGood() => Issued(PermitKind.EmployerRegistration, "2025-03-31")
        .Shows("2025-03-31", Valid, None, "2025-04-01")
        .Shows("2025-04-01", Valid, InspectionPending, "2025-05-01")
        .Shows("2025-05-01", Frozen, InspectionMissed, null)
        .Shows("2031-04-01", Frozen, InspectionMissed, null)
        .Refuses(new Inspected(Date("2025-05-01"), InspectionChannel.Online), NotAdmissible)
        .Then(new Inspected(Date("2026-06-01"), InspectionChannel.Window))
        .Shows("2026-06-01", Valid, None, "2027-04-01");

    [Fact]
    public void Inspection_RegisteredOnTheFirstOfApril_IsFirstDueTheNextYear() => Issued(PermitKind.EmployerRegistration, "2025-04-01")
        .Shows("2025-05-01", Valid, None, "2026-04-01")
        .Refuses(new Inspected(Date("2025-04-11"), InspectionChannel.Window), NotAdmissible)
        .Then(new Inspected(Date("2026-04-01"), InspectionChannel.Online))
        .Shows("2026-04-01", Valid, None, "2027-04-01");

    [Fact]
    public void Events_OfPeople_AreOfTheWrongKind() => Issued(PermitKind.EmployerRegistration, "2025-04-01")
        .Refuses(new Renewed(Date("2026-04-01")), WrongKind)
        .Refuses(new Reissued(Date("2026-04-01")), WrongKind)
        .Refuses(new EmployerChanged(Date("2026-04-01"), "甲"), WrongKind)
        .Then(new Cancelled(Date("2026-04-02"), "迁出"))
        .Shows("2026-05-01", PermitStatus.Cancelled, StatusReasons.Cancelled, null)
        .Refuses(new Inspected(Date("2026-05-02"), InspectionChannel.Window), AlreadyCancelled);

    /// <summary>A dated parameter: in 2027 nothing becomes pending, and what is pending since 2026 is not.</summary>
    [Theory]
    [InlineData(PermitKind.WorkResidencePermit, "work_residence_permit")]
    [InlineData(PermitKind.EmployerRegistration, "employer_registration")]
    public void Inspection_YearWithoutOne_IsData(PermitKind kind, string name)
    {
        var rulebook = Without2027(name);
        var history = RandomHistories.Of(
            new Issued(new DateOnly(2025, 8, 1), kind), new Inspected(new DateOnly(2026, 4, 11), InspectionChannel.Online));

        var timeline = TimelineCompiler.Compile(history, rulebook)!.Value;
        var asEver = TimelineCompiler.Compile(history, Cases.Rulebook)!.Value;

        Assert.Equal(Frozen, asEver.SegmentOn(new DateOnly(2027, 5, 1), StandingView.Authority).Standing.Status);
        Assert.Equal(new Standing(Valid, None), timeline.SegmentOn(new DateOnly(2027, 5, 1), StandingView.Authority).Standing);
        Assert.Equal(InspectionPending, timeline.SegmentOn(new DateOnly(2028, 4, 1), StandingView.Authority).Standing.Reasons);
        Assert.Equal(Frozen, timeline.SegmentOn(new DateOnly(2028, 5, 1), StandingView.Authority).Standing.Status);
    }

    private static Rulebook Without2027(string kind)
    {
        using var json = typeof(Rulebook).Assembly.GetManifestResourceStream("rulebook-2026.2.json")!;
        var file = JsonNode.Parse(json)!;
        file["parameters"]!.AsArray().Single(entry => (string?)entry!["name"] == $"{kind}.inspection_applies")!["values"] = new JsonArray(
            new JsonObject { ["allowed"] = true, ["source"] = "[P]" },
            new JsonObject { ["from"] = "2027-01-01", ["allowed"] = false, ["source"] = "[P]" },
            new JsonObject { ["from"] = "2028-01-01", ["allowed"] = true, ["source"] = "[P]" });
        return RulebookReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())), "without 2027");
    }
}
