using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Registration;

/// <summary>Policy §7a over the wire: an event recorded by mistake is put right, and what was answered before stays what it was.</summary>
public sealed class AnnulmentTests : IAsyncLifetime
{
    private const string Number = "BJ2024000017";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(now: new DateTimeOffset(2026, 12, 1, 4, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task RecordEvent_Annulment_CountsFromItsRevisionOnForEveryDate()
    {
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
        var wrong = await _server.RecordAsync(Event("2026-03-10", it => it.Cancelled = new() { Reason = "录错" }));
        var before = await _server.VerdictAsync(Calls.Check(Number));

        var right = await _server.RecordAsync(Annulment(2));

        Assert.Equal(PermitStatus.Cancelled, before.Status);
        Assert.Equal((PermitStatus.Frozen, 3L), ((await _server.VerdictAsync(Calls.Check(Number))).Status, right));
        Assert.Equal(
            PermitStatus.Valid, (await _server.VerdictAsync(new() { PermitNumber = Number, AsOf = Calls.Date("2026-03-20") })).Status);
        Assert.Equal(before, await _server.VerdictAsync(new() { PermitNumber = Number, KnownAtRevision = wrong }));
        Assert.Equal(
            ["NotYetValid", "Valid", "Valid", "Frozen", "Expired", "Expired"],
            (await _server.Permits.GetTimelineAsync(new() { PermitNumber = Number })).Segments.Select(segment => segment.Status.ToString()));
    }

    [Fact]
    public async Task GetPermit_WithAnnulment_ShowsPlacesAndWhatAnnulledWhat()
    {
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
        await _server.RecordAsync(Event("2026-03-10", it => it.Reissued = new()));
        await _server.RecordAsync(Annulment(2));

        var now = await _server.Registry.GetPermitAsync(new() { PermitNumber = Number });
        var then = await _server.Registry.GetPermitAsync(new() { PermitNumber = Number, Revision = 2 });

        Assert.Equal([(1, 0, 0L), (2, 3, 3L), (3, 0, 0L)], now.Events.Select(Place));
        Assert.Equal((2, "录错"), (now.Events[2].Event.Annulled.Target, now.Events[2].Event.Annulled.Reason));
        Assert.Equal([(1, 0, 0L), (2, 0, 0L)], then.Events.Select(Place));
    }

    [Fact]
    public async Task RecordEvent_AnnulmentOfTheIssue_LeavesNoPermitUntilItIsIssuedAgain()
    {
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
        await _server.RecordAsync(Annulment(1));
        var gone = await _server.VerdictAsync(Calls.Check(Number));
        var timeline = await _server.Permits.GetTimelineAsync(new() { PermitNumber = Number });
        await _server.RecordAsync(Calls.Issued(Number, "2026-09-01", PermitKind.ResidencePermit));

        Assert.Equal((PermitStatus.NotFound, PermitKind.Unspecified), (gone.Status, gone.Kind));
        Assert.Empty(timeline.Segments);
        Assert.Equal(PermitKind.ResidencePermit, (await _server.VerdictAsync(Calls.Check(Number))).Kind);
    }

    [Theory]
    [InlineData(3, "2026-03-10", "NOT_ADMISSIBLE")]
    [InlineData(2, "2026-03-09", "OUT_OF_ORDER")]
    [InlineData(1, "2026-03-10", "NOT_ADMISSIBLE")]
    public async Task RecordEvent_AnnulmentThatTheRulesRefuse_ChangesNothing(int target, string on, string reason)
    {
        await _server.RecordAsync(Calls.Issued(Number, "2025-08-01"));
        await _server.RecordAsync(Event("2026-03-10", it => it.Reissued = new()));

        Assert.Equal(
            (StatusCode.FailedPrecondition, reason), await Calls.ErrorOfAsync(() => _server.RecordAsync(Annulment(target, on))));
        Assert.Equal(2, await _server.RevisionAsync());
    }

    [Fact]
    public async Task ImportEvents_FileSentAgainAfterAnAnnulment_NeverBringsTheEventBack()
    {
        const string File = """
            {"permit":"BJ2024000017","event":"issued","on":"2025-08-01","kind":"work_residence_permit"}
            {"permit":"BJ2024000017","event":"cancelled","on":"2026-03-10"}
            """;
        await _server.ImportAsync("first", File);
        await _server.RecordAsync(Annulment(2));

        var again = (await _server.ImportAsync("again", File))[^1];

        Assert.Equal((0L, 2L, 1L), (again.EventsLoaded, again.AlreadyRecorded, again.AlreadyAnnulled));
        Assert.Equal(3, await _server.RevisionAsync());
    }

    [Fact]
    public async Task ImportEvents_AnnulledLines_AreAnnulled()
    {
        const string File = """
            {"permit":"BJ2024000017","event":"issued","on":"2025-08-01","kind":"work_residence_permit"}
            {"permit":"BJ2024000017","event":"cancelled","on":"2026-03-10"}
            {"permit":"BJ2024000017","event":"annulled","on":"2026-03-11","target":2,"reason":"录错"}
            {"permit":"BJ2024000017","event":"annulled","on":"2026-03-11","target":"1","reason":"录错"}
            """;
        var report = (await _server.ImportAsync("first", File)).Report();

        Assert.Equal((3L, "4:INVALID_FIELD"), (report.Events, report.Rejects));
        Assert.Equal(PermitStatus.Frozen, (await _server.VerdictAsync(Calls.Check(Number))).Status);
    }

    private static (int, int, long) Place(RecordedEvent recorded) => (recorded.Place, recorded.AnnulledByPlace, recorded.AnnulledAtRevision);

    private static PermitEvent Annulment(int target, string on = "2026-12-01") =>
        Event(on, it => it.Annulled = new() { Target = target, Reason = "录错" });

    private static PermitEvent Event(string on, Action<PermitEvent> change)
    {
        var happening = new PermitEvent { PermitNumber = Number, On = Calls.Date(on) };
        change(happening);
        return happening;
    }
}
