using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Checks;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Json;

/// <summary>Every call by HTTP and JSON answers what it does by gRPC.</summary>
public sealed class JsonAnswersTests
{
    private const string Number = "BJ2024000017";

    [Fact]
    public async Task Verify_Permit_AnswersAsByGrpc()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var check = new VerifyPermitRequest
        {
            PermitNumber = Number,
            Entitlements = { Entitlement.SchoolEnrollment },
            AsOf = Calls.Date("2026-03-01"),
            Through = Calls.Date("2026-08-31"),
            Reference = "case 7".Replace(' ', '-'),
            Subject = new() { Role = SubjectRole.Child },
        };

        var reply = await server.PostAsync("/v1/permits:verify", check);

        Assert.Equal(Repeatable(await server.Permits.VerifyPermitAsync(check)), Repeatable(reply.To<VerifyPermitResponse>()));
        Assert.Equal("application/json", reply.ContentType);
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Null(reply.Header("Set-Cookie"));
        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
    }

    /// <summary>What is false, zero or empty is written too: who reads JSON need not know that it might be left out.</summary>
    [Fact]
    public async Task Verify_UnknownPermit_WritesWhatIsZeroAndNumbersOf64BitsAsTexts()
    {
        await using var server = await TestServer.StartAsync();

        var answer = (await server.PostAsync("/v1/permits:verify", """{"permitNumber":"BJ-2024 000017"}""", "school")).Json;

        var verdict = answer.GetProperty("verdict");
        Assert.Equal(Number, verdict.GetProperty("permitNumber").GetString());
        Assert.Equal("PERMIT_STATUS_NOT_FOUND", verdict.GetProperty("status").GetString());
        Assert.Equal("PERMIT_KIND_UNSPECIFIED", verdict.GetProperty("kind").GetString());
        Assert.Equal("""{"year":2026,"month":3,"day":10}""", verdict.GetProperty("asOf").GetRawText());
        Assert.False(verdict.TryGetProperty("expiresOn", out _));
        Assert.Equal("0", answer.GetProperty("provenance").GetProperty("revision").GetString());
    }

    [Fact]
    public async Task BatchVerify_GoodAndBadItems_AnswersEachAsByGrpc()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number), Calls.Check("!"), Calls.Check("BJ2024000018") } };

        var reply = await server.PostAsync("/v1/permits:batchVerify", batch);

        var items = reply.To<BatchVerifyPermitsResponse>().Items;
        var expected = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;
        Assert.Equal(expected.Select(item => item.Response?.Verdict), items.Select(item => item.Response?.Verdict));
        Assert.Equal(expected.Select(item => item.Error), items.Select(item => item.Error));
        Assert.Equal("permit_number:MALFORMED_PERMIT_NUMBER", Calls.WrongFieldsOf(items[1].Error));
        Assert.Equal("999999", reply.Header("verification-unknown-left"));
    }

    [Fact]
    public async Task Timeline_Permit_AnswersAsByGrpc()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var request = new GetTimelineRequest { PermitNumber = Number };

        var answer = (await server.PostAsync("/v1/permits:timeline", request)).To<GetTimelineResponse>();

        Assert.Equal((await server.Permits.GetTimelineAsync(request)).Segments, answer.Segments);
        Assert.True(answer.Segments.Count > 1);
    }

    [Theory]
    [InlineData("/v1/rulebook")]
    [InlineData("/v1/rulebooks/2026.1")]
    public async Task Rulebook_ByPath_AnswersAsByGrpc(string path)
    {
        await using var server = await TestServer.StartAsync();

        var answer = (await server.GetAsync(path, "school")).To<GetRulebookResponse>();

        Assert.Equal(await server.Permits.GetRulebookAsync(new() { Version = "2026.1" }), answer);
    }

    [Fact]
    public async Task Check_OfTheCallersOwn_IsShownAndAnothersIsNot()
    {
        await using var server = await TestServer.StartAsync();
        var id = (await server.PostAsync("/v1/permits:verify", Calls.Check(Number), "school")).To<VerifyPermitResponse>().Provenance.CheckId;

        Assert.Equal("503 AUDIT_BEHIND", (await server.GetAsync($"/v1/checks/{id}", "housing")).Problem);
        await server.CopiedAsync(id);

        var shown = (await server.GetAsync($"/v1/checks/{id}", "school")).To<GetCheckResponse>();
        Assert.Equal((id, "school", RecordedCall.Check), (shown.Record.CheckId, shown.Record.Consumer, shown.Record.Call));
        Assert.Equal(RepetitionOutcome.Same, shown.Repetition.Outcome);
        server.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("404 CHECK_UNKNOWN", (await server.GetAsync($"/v1/checks/{id}", "housing")).Problem);
    }

    [Fact]
    public async Task Registry_RecordedByJson_IsReadByJson()
    {
        await using var server = await TestServer.StartAsync();
        var request = new RecordEventRequest { RequestId = "one", Event = Calls.Issued(Number, "2025-05-01") };

        var recorded = (await server.PostAsync("/v1/permits:record", request)).To<RecordEventResponse>();
        var again = (await server.PostAsync("/v1/permits:record", request)).To<RecordEventResponse>();
        request.Event.Issued.Employer = "Another";
        var reused = await server.PostAsync("/v1/permits:record", request);

        Assert.Equal((1, false), (recorded.Revision, recorded.AlreadyRecorded));
        Assert.Equal((1, true), (again.Revision, again.AlreadyRecorded));
        Assert.Equal("409 REQUEST_ID_REUSED", reused.Problem);
        var history = new GetPermitRequest { PermitNumber = Number };
        Assert.Equal(await server.Registry.GetPermitAsync(history), (await server.PostAsync("/v1/permits:history", history)).To<GetPermitResponse>());
        var procedures = new GetProceduresRequest { PermitNumber = Number };
        Assert.Equal(
            (await server.Registry.GetProceduresAsync(procedures)).Procedures,
            (await server.PostAsync("/v1/permits:procedures", procedures)).To<GetProceduresResponse>().Procedures);
    }

    [Fact]
    public async Task Records_OfChecks_AreFoundByJson()
    {
        await using var server = await TestServer.StartAsync();
        await server.CopiedAsync((await server.PostAsync("/v1/permits:verify", Calls.Check(Number), "school")).To<VerifyPermitResponse>().Provenance.CheckId);

        var found = (await server.PostAsync("/v1/records:search", new ListRecordsRequest { Query = new() { PermitNumber = Number } })).To<ListRecordsResponse>();
        var told = (await server.PostAsync("/v1/permits:disclosures", new ListDisclosuresRequest { PermitNumber = Number })).To<ListDisclosuresResponse>();

        Assert.Equal("school", Assert.Single(found.Records).Record.Consumer);
        Assert.Equal("school", Assert.Single(told.Disclosures).Consumer);
    }

    /// <summary>The policy's cases, which <see cref="CasesTests"/> holds against the policy by gRPC.</summary>
    [Theory]
    [InlineData("2026.1", "2026-11-24T15:59:00Z")]
    [InlineData("2026.2", "2026-11-24T16:01:00Z")]
    public async Task Verify_AllCases_AnswersAsByGrpc(string version, string now)
    {
        await using var server = await TestServer.StartAsync(now: DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await server.ImportAsync("cases", await CasesTests.EventsAsync(version));
        var cases = CasesTests.Checks(version).ToArray();
        Assert.Equal(1_500, cases.Length);

        foreach (var part in cases.Chunk(1_000))
        {
            var batch = new BatchVerifyPermitsRequest { Checks = { part } };
            var byGrpc = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items.Select(item => item.Response.Verdict).ToArray();
            var byJson = (await server.PostAsync("/v1/permits:batchVerify", batch)).To<BatchVerifyPermitsResponse>();
            Assert.Equal(byGrpc, byJson.Items.Select(item => item.Response.Verdict));
            foreach (var (check, verdict) in part.Zip(byGrpc))
            {
                Assert.Equal(verdict, (await server.PostAsync("/v1/permits:verify", check)).To<VerifyPermitResponse>().Verdict);
            }
        }
    }

    private static VerifyPermitResponse Repeatable(VerifyPermitResponse answer)
    {
        Assert.NotEmpty(answer.Provenance.CheckId);
        answer.Provenance.CheckId = string.Empty;
        answer.Provenance.DataAsOf = null;
        answer.Provenance.Source = Source.Unspecified;
        return answer;
    }
}
