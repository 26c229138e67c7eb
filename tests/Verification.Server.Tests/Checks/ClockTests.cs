using System.Net;
using Grpc.Core;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Caching.Coherence;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

/// <summary>What day it is, a clock that cannot be right does not tell.</summary>
public sealed class ClockTests : IDisposable
{
    private const string Number = "BJ2024000017";

    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (StatusCode, string) Skewed => (StatusCode.Unavailable, "CLOCK_SKEWED");

    /// <summary>Clocks that are earlier than the newest event, or outside the calendar.</summary>
    public static TheoryData<string> WrongClocks() =>
        ["1970-01-01T00:00:00Z", "1999-12-31T15:59:59Z", "2026-03-09T04:00:00Z", "2026-03-10T03:59:58Z", "9995-01-01T00:00:00Z"];

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(WrongClocks))]
    public async Task VerifyPermit_WrongClock_IsAnsweredOnlyForADateThatIsNamed(string clock)
    {
        await RecordAsync(TestServer.Now);
        await using var server = await StartAsync(clock);
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number), Check("2026-03-10") } };

        Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number))));
        Assert.Equal(PermitStatus.Valid, (await server.VerdictAsync(Check("2026-03-10"))).Status);
        var items = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
        Assert.Equal((int)StatusCode.Unavailable, items[0].Error.Code);
        Assert.Equal(PermitStatus.Valid, items[1].Response.Verdict.Status);
        Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => server.Permits.GetRulebookAsync(new()).ResponseAsync));
        var ready = await server.Http.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("CLOCK_SKEWED", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongClocks))]
    public async Task RecordEvent_WrongClock_IsRefused(string clock)
    {
        await RecordAsync(TestServer.Now);
        await using var server = await StartAsync(clock);

        Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => server.RecordAsync(Calls.Issued("BJ2024000018", "2025-05-01"))));
        Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => server.ImportAsync("file", "{}\n")));
    }

    /// <summary>Five years from the newest event where the clock says an earlier day.</summary>
    [Theory]
    [InlineData("2031-03-10", true)]
    [InlineData("2031-03-11", false)]
    public async Task VerifyPermit_ClockBehind_FiveYearsAheadCountFromTheNewestEvent(string asOf, bool answered)
    {
        await RecordAsync(TestServer.Now);
        await using var server = await StartAsync("1999-12-31T00:00:00Z");

        if (answered)
        {
            Assert.Equal(Number, (await server.VerdictAsync(Check(asOf))).PermitNumber);
        }
        else
        {
            Assert.Equal("as_of:DATE_OUT_OF_RANGE", await Calls.WrongFieldsOfAsync(() => server.VerdictAsync(Check(asOf))));
        }
    }

    [Fact]
    public async Task VerifyPermit_ClockBehindByLessThanTheLimit_IsAnswered()
    {
        await RecordAsync(TestServer.Now);
        await using var server = await StartAsync("2026-03-10T03:59:59.500Z");

        Assert.Equal(PermitStatus.Valid, (await server.VerdictAsync(Calls.Check(Number))).Status);
    }

    [Fact]
    public async Task ConfirmClock_EventRecordedUnderAClockThatRanAhead_NewerEventsCountFromThere()
    {
        await RecordAsync(TestServer.Now.AddYears(4));
        await using (var server = await StartAsync("2026-03-10T04:00:00Z"))
        {
            Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => server.VerdictAsync(Calls.Check(Number))));

            var confirmed = await server.Registry.ConfirmClockAsync(new ConfirmClockRequest());

            Assert.Equal((1, TestServer.Now), (confirmed.Revision, confirmed.ConfirmedAt.ToDateTimeOffset()));
            Assert.Equal(PermitStatus.Valid, (await server.VerdictAsync(Calls.Check(Number))).Status);
            Assert.True(server.Service<LookupReadiness>().Check().IsEmpty);
            Assert.Contains(server.Logs.Texts, text => text.Contains("ClockConfirmed", StringComparison.Ordinal));
            server.Clock.Advance(TimeSpan.FromHours(1));
            await server.RecordAsync(Calls.Issued("BJ2024000018", "2025-05-01"));
        }

        await using (var again = await StartAsync("2026-03-10T05:00:00Z"))
        {
            Assert.Equal(PermitStatus.Valid, (await again.VerdictAsync(Calls.Check(Number))).Status);
        }

        await using var behind = await StartAsync("2026-03-10T04:30:00Z");
        Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => behind.VerdictAsync(Calls.Check(Number))));
    }

    [Fact]
    public async Task ConfirmClock_ClockOutsideTheCalendar_IsRefused()
    {
        await RecordAsync(TestServer.Now);
        await using var server = await StartAsync("1970-01-01T00:00:00Z");

        Assert.Equal(Skewed, await Calls.ErrorOfAsync(() => server.Registry.ConfirmClockAsync(new ConfirmClockRequest()).ResponseAsync));
    }

    private static VerifyPermitRequest Check(string asOf)
    {
        var check = Calls.Check(Number);
        check.AsOf = Calls.Date(asOf);
        return check;
    }

    private async Task RecordAsync(DateTimeOffset now)
    {
        await using var server = await TestServer.StartAsync(_folder, now: now);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
    }

    private async Task<TestServer> StartAsync(string clock)
    {
        var server = await TestServer.StartAsync(
            _folder, now: DateTimeOffset.Parse(clock, System.Globalization.CultureInfo.InvariantCulture));
        await Eventually.TrueAsync(() => server.Service<LookupReadiness>().Revision is not null, "The node heard of no registry.");
        return server;
    }
}
