using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;
using static Verification.Server.Tests.Support.Calls;

namespace Verification.Server.Tests.Registration;

/// <summary>What may be filed for a permit (policy §11), over the wire.</summary>
public sealed class ProceduresTests : IAsyncLifetime
{
    private const string Number = "BJ2024000017";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(now: new DateTimeOffset(2026, 12, 1, 4, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task GetProcedures_FrozenWorkPermit_TellsWhatIsOpenAndSinceWhichRuleNot()
    {
        await _server.RecordAsync(Issued(Number, "2025-08-01"));

        var answer = await _server.Registry.GetProceduresAsync(new() { PermitNumber = "bj-2024-000017" });

        Assert.Equal((Number, PermitKind.WorkResidencePermit, PermitStatus.Frozen), (answer.PermitNumber, answer.Kind, answer.Status));
        Assert.Equal(Date("2026-12-01"), answer.AsOf);
        Assert.Equal((1L, "2026.2"), (answer.Provenance.Revision, answer.Provenance.RulebookVersion));
        Assert.Equal(
            [
                "ISSUE closed, opens 2028-09-01: The permit is not over; another is issued where there is none, or when it is cancelled or lapsed.",
                "RENEWAL closed: A frozen permit is not renewed before its inspection is made up.",
                "INSPECTION_ONLINE closed: What is frozen is inspected at the window.",
                "INSPECTION_WINDOW open, closes 2028-09-01",
                "EMPLOYER_CHANGE closed: No employment has ended.",
                "DEFERRAL closed: No employment has ended.",
                "CANCELLATION open, closes 2028-09-01",
                "ADDRESS_CHANGE open, closes 2028-09-01",
                "DEPENDANT_CHANGE open, closes 2028-09-01",
                "INFORMATION_CHANGE open, closes 2028-09-01",
                "REISSUE open, closes 2028-09-01",
            ],
            answer.Procedures.Select(Describe));
        var window = answer.Procedures[3].Procedure;
        Assert.Equal(("补办年检", "employer", "区局窗口", 2), (window.NameZh, window.FiledBy, window.PlaceZh, window.Materials.Count));
    }

    [Fact]
    public async Task GetProcedures_OnADateAndAtARevision_AnswersAsOfBoth()
    {
        await _server.RecordAsync(Issued(Number, "2025-08-01"));
        await _server.RecordAsync(new() { PermitNumber = Number, On = Date("2026-04-11"), Inspected = new() { Channel = InspectionChannel.Online } });
        await _server.RecordAsync(new() { PermitNumber = Number, On = Date("2026-05-11"), Cancelled = new() });

        var then = await _server.Registry.GetProceduresAsync(new() { PermitNumber = Number, AsOf = Date("2026-04-02"), KnownAtRevision = 1 });
        var now = await _server.Registry.GetProceduresAsync(new() { PermitNumber = Number, Freshness = new() { FullyConsistent = true } });

        Assert.Equal("INSPECTION_ONLINE open, closes 2026-05-01", Describe(then.Procedures[2]));
        Assert.Equal(1, then.Provenance.Revision);
        Assert.Equal(PermitStatus.Cancelled, now.Status);
        Assert.Equal(["ISSUE open"], now.Procedures.Where(opening => opening.Open).Select(Describe));
    }

    [Fact]
    public async Task GetProcedures_UnknownNumberOrNotYetValid_TellsSo()
    {
        await _server.RecordAsync(Issued(Number, "2027-01-15"));

        var unknown = await _server.Registry.GetProceduresAsync(new() { PermitNumber = "BJ9999999999" });
        var early = await _server.Registry.GetProceduresAsync(new() { PermitNumber = Number });

        Assert.Equal((PermitKind.Unspecified, PermitStatus.NotFound), (unknown.Kind, unknown.Status));
        Assert.Equal(["ISSUE open"], unknown.Procedures.Select(Describe));
        Assert.Equal(PermitStatus.NotYetValid, early.Status);
        Assert.All(early.Procedures, opening => Assert.Equal((false, "The permit is issued on 2027-01-15."), (opening.Open, opening.WhyNot)));
    }

    [Theory]
    [InlineData(true, false, StatusCode.InvalidArgument, "DATE_OUT_OF_RANGE")]
    [InlineData(false, true, StatusCode.OutOfRange, "REVISION_UNKNOWN")]
    public async Task GetProcedures_WrongQuestion_IsRefusedWithItsReason(bool wrongDate, bool wrongRevision, StatusCode code, string reason)
    {
        await _server.RecordAsync(Issued(Number, "2025-08-01"));
        var request = new GetProceduresRequest { PermitNumber = Number, AsOf = wrongDate ? Date("1999-12-31") : null };
        if (wrongRevision)
        {
            request.KnownAtRevision = 17;
        }

        Assert.Equal((code, reason), await ErrorOfAsync(async () => await _server.Registry.GetProceduresAsync(request)));
    }

    private static string Describe(ProcedureOpening opening)
    {
        var change = opening.OpensOn is { } opens ? $", opens {opens.Year:D4}-{opens.Month:D2}-{opens.Day:D2}"
            : opening.ClosesOn is { } closes ? $", closes {closes.Year:D4}-{closes.Month:D2}-{closes.Day:D2}"
            : string.Empty;
        return $"{opening.Procedure.Code} {(opening.Open ? "open" : "closed")}{change}{(opening.Open ? string.Empty : $": {opening.WhyNot}")}";
    }
}
