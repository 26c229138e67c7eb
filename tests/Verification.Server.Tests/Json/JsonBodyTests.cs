using System.Net;
using System.Text;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Json;

/// <summary>Bodies that are not what the contract has are refused, all that is wrong with them named; the transcoder would pass over some of it.</summary>
public sealed class JsonBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Verify = "/v1/permits:verify";
    private const string Batch = "/v1/permits:batchVerify";
    private const string Record = "/v1/permits:record";

    [Theory]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","asOff":{"year":2025}}""", "400 UNKNOWN_FIELD asOff:UNKNOWN_FIELD")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","AsOf":{"year":2025,"month":1,"day":1}}""", "400 UNKNOWN_FIELD AsOf:UNKNOWN_FIELD")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","subject":{"idNumber":"1"}}""", "400 UNKNOWN_FIELD subject.idNumber:UNKNOWN_FIELD")]
    [InlineData(Verify, """{"11010519900307233X":"BJ2024000017"}""", "400 UNKNOWN_FIELD ?:UNKNOWN_FIELD")]
    [InlineData(Verify, """{"permitNumber":17}""", "400 MALFORMED_VALUE permit_number:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","asOf":"2025-05-01"}""", "400 MALFORMED_VALUE as_of:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","asOf":{"year":"2025"}}""", "400 MALFORMED_VALUE as_of.year:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","asOf":{"year":2025.5}}""", "400 MALFORMED_VALUE as_of.year:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","asOf":{"year":2e3}}""", "400 MALFORMED_VALUE as_of.year:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","cardEdition":99999999999}""", "400 MALFORMED_VALUE card_edition:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","entitlements":"ENTITLEMENT_HOME_PURCHASE"}""", "400 MALFORMED_VALUE entitlements:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","entitlements":["HOME_PURCHASE"]}""", "400 UNKNOWN_VALUE entitlements[0]:UNKNOWN_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","entitlements":null}""", "400 MALFORMED_VALUE entitlements:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","entitlements":[null]}""", "400 MALFORMED_VALUE entitlements[0]:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"fullyConsistent":"true"}}""", "400 MALFORMED_VALUE freshness.fully_consistent:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":"5"}}""", "400 MALFORMED_VALUE freshness.max_staleness:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":"-1s"}}""", "400 MALFORMED_VALUE freshness.max_staleness:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":"-1.099985887s"}}""", "400 MALFORMED_VALUE freshness.max_staleness:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":"-0.5s"}}""", "400 MALFORMED_VALUE freshness.max_staleness:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":5}}""", "400 MALFORMED_VALUE freshness.max_staleness:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"atLeastRevision":"1e1"}}""", "400 MALFORMED_VALUE freshness.at_least_revision:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"atLeastRevision":"007"}}""", "400 MALFORMED_VALUE freshness.at_least_revision:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","knownAtRevision":"+1"}""", "400 MALFORMED_VALUE known_at_revision:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":"5s","fullyConsistent":true}}""", "400 FIELD_REPEATED freshness.fully_consistent:FIELD_REPEATED")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","permitNumber":"BJ2024000018"}""", "400 FIELD_REPEATED permit_number:FIELD_REPEATED")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017","permit_number":"BJ2024000018"}""", "400 FIELD_REPEATED permit_number:FIELD_REPEATED")]
    [InlineData(Verify, """{"permitNumber":"\ud800"}""", "400 MALFORMED_VALUE permit_number:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":17,"asOff":1,"cardEdition":"1"}""", "400 INVALID_FIELDS permit_number:MALFORMED_VALUE asOff:UNKNOWN_FIELD card_edition:MALFORMED_VALUE")]
    [InlineData(Verify, """{"permitNumber":"!"}""", "400 MALFORMED_PERMIT_NUMBER permit_number:MALFORMED_PERMIT_NUMBER")]
    [InlineData(Verify, "{}", "400 MALFORMED_PERMIT_NUMBER permit_number:MALFORMED_PERMIT_NUMBER")]
    [InlineData(Verify, "", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, "null", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, "[]", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, "{", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017"}{}""", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017",}""", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, """{"permitNumber":"BJ2024000017"/* no */}""", "400 MALFORMED_MESSAGE")]
    [InlineData(Verify, """{permitNumber:"BJ2024000017"}""", "400 MALFORMED_MESSAGE")]
    [InlineData(Batch, """{"checks":[{"permitNumber":"BJ2024000017"},{"permitNumber":"BJ2024000018","asOff":1}]}""", "400 UNKNOWN_FIELD checks[1].asOff:UNKNOWN_FIELD")]
    [InlineData(Batch, """{"checks":[{"permitNumber":"BJ2024000017"},null]}""", "400 MALFORMED_VALUE checks[1]:MALFORMED_VALUE")]
    [InlineData(Batch, """{"checks":{"permitNumber":"BJ2024000017"}}""", "400 MALFORMED_VALUE checks:MALFORMED_VALUE")]
    [InlineData(Batch, """{"checks":[]}""", "400 INVALID_BATCH_SIZE checks:INVALID_BATCH_SIZE")]
    [InlineData(Record, """{"requestId":"one","event":{"permitNumber":"BJ2024000017","renewed":{},"endorsed":{}}}""", "400 FIELD_REPEATED event.endorsed:FIELD_REPEATED")]
    [InlineData(Record, """{"requestId":"one","event":{"permitNumber":"BJ2024000017","renewed":{"why":1}}}""", "400 UNKNOWN_FIELD event.renewed.why:UNKNOWN_FIELD")]
    public async Task Call_BodyThatIsNotTheContracts_IsRefusedWithWhatIsWrong(string path, string body, string problem)
    {
        var server = shared.Server;

        Assert.Equal(problem, (await server.PostAsync(path, body)).Problem);
    }

    [Theory]
    [InlineData("""{"permit_number":"BJ2024000017","as_of":{"year":2026,"month":3,"day":1}}""")]
    [InlineData("""{"permitNumber":"BJ2024000017","asOf":null,"subject":null,"reference":null,"cardEdition":null,"knownAtRevision":null}""")]
    [InlineData("""{"permitNumber":"BJ2024000017","freshness":{"atLeastRevision":0}}""")]
    [InlineData("""{"permitNumber":"BJ2024000017","freshness":{"atLeastRevision":"0"}}""")]
    [InlineData("""{"permitNumber":"BJ2024000017","entitlements":[1,"ENTITLEMENT_HOME_PURCHASE"]}""")]
    [InlineData(" \r\n{\"permitNumber\" : \"\\u0042J2024000017\"}\n")]
    [InlineData("\uFEFF{\"permitNumber\":\"BJ2024000017\"}")]
    public async Task Verify_WhatTheRulesForJsonAllow_IsAnswered(string body)
    {
        var server = shared.Server;

        Assert.Equal("BJ2024000017", (await server.PostAsync(Verify, body)).To<VerifyPermitResponse>().Verdict.PermitNumber);
    }

    /// <summary>What is checked here and what the transcoder reads after it are two readers: neither may know a form that the other does not.</summary>
    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00.000000001Z")]
    [InlineData("1969-12-31T23:59:59.5Z")]
    [InlineData("1960-02-29T12:00:00.25+08:00")]
    [InlineData("2026-03-10T04:00:00-00:00")]
    [InlineData("2026-03-10T04:00:00.000Z")]
    [InlineData("2026-03-10T04:00:00+18:00")]
    [InlineData("2026-03-10t04:00:00z")]
    [InlineData("2026-03-10T24:00:00Z")]
    [InlineData("2026-03-10T23:59:60Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData(" 2026-03-10T04:00:00Z")]
    [InlineData("2026-03-10T04:00:00.0000000001Z")]
    [InlineData("9999-12-31T23:59:59.999999999Z")]
    [InlineData("9999-12-31T23:59:59Z\\n")]
    [InlineData("10000-01-01T00:00:00Z")]
    public async Task Search_InstantOfAnyForm_IsAnsweredOrRefused(string instant)
    {
        var reply = await shared.Server.PostAsync("/v1/records:search", $$$"""{"query":{"permitNumber":"BJ2024000017","from":"{{{instant}}}"}}""");

        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{instant}: {reply.Body}");
    }

    /// <inheritdoc cref="Search_InstantOfAnyForm_IsAnsweredOrRefused"/>
    [Theory]
    [InlineData("0s")]
    [InlineData("0.000000001s")]
    [InlineData("1.5s")]
    [InlineData("01s")]
    [InlineData("1.s")]
    [InlineData(".5s")]
    [InlineData("+1s")]
    [InlineData("-0s")]
    [InlineData("-0.0s")]
    [InlineData("1e1s")]
    [InlineData("1S")]
    [InlineData("315576000000s")]
    [InlineData("315576000000.5s")]
    [InlineData("315576000001s")]
    [InlineData("999999999999.999999999s")]
    public async Task Verify_LengthOfAnyForm_IsAnsweredOrRefused(string length)
    {
        var reply = await shared.Server.PostAsync(Verify, $$$"""{"permitNumber":"BJ2024000017","freshness":{"maxStaleness":"{{{length}}}"}}""");

        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{length}: {reply.Body}");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json;charset=\"UTF-8\"", 200)]
    [InlineData("APPLICATION/JSON", 200)]
    [InlineData("application/json; charset=gb18030", 415)]
    [InlineData("application/json, text/plain", 415)]
    [InlineData("application/vnd.api+json", 415)]
    [InlineData("text/json", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("", 415)]
    [InlineData(null, 415)]
    public async Task Verify_ByContentType_IsAnsweredForJsonAlone(string? contentType, int status)
    {
        var server = shared.Server;

        var reply = await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017"}""", contentType: contentType);

        Assert.Equal((HttpStatusCode)status, reply.Status);
        Assert.True(status == 200 || reply.Problem == "415 CONTENT_TYPE_UNKNOWN", reply.Body);
    }

    /// <summary>Of a body that is not read, its type is not either.</summary>
    [Theory]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("nonsense")]
    public async Task GetCaller_WithAnyContentType_IsAnswered(string contentType)
    {
        var server = shared.Server;

        var reply = await server.SendAsync(HttpMethod.Get, "/v1/caller", "school", JsonClient.Content("{}"u8.ToArray(), contentType));

        Assert.Equal("school", reply.To<GetCallerResponse>().Consumer);
    }

    [Fact]
    public async Task Verify_CallerHangsUpInItsBody_IsRefusedAndLogsNoError()
    {
        await using var server = await TestServer.StartAsync();
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            var address = new Uri(server.Addresses[1]);
            await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST {Verify} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer school\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"),
                TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(
            async () =>
            {
                server.Clock.Advance(TimeSpan.FromMilliseconds(100));
                var found = await server.PostAsync("/v1/records:search", new ListRecordsRequest { Query = AuditCalls.Always(query => query.Consumer = "school") });
                return found.Status == HttpStatusCode.OK
                    && found.To<ListRecordsResponse>().Records.Any(record => record.Record.Refusal?.Reason == "MALFORMED_MESSAGE");
            },
            "The refusal was not recorded.");
    }

    [Fact]
    public async Task Verify_CompressedBody_IsRefused()
    {
        var server = shared.Server;
        var content = JsonClient.Content(Encoding.UTF8.GetBytes("""{"permitNumber":"BJ2024000017"}"""), "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal("415 ENCODING_UNKNOWN", (await server.SendAsync(HttpMethod.Post, Verify, "school", content)).Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_BodyBeyondTheLimit_IsTooLargeWhetherItsLengthIsToldOrNot(bool isTold)
    {
        await using var server = await TestServer.StartAsync(args: "--Verification:Limits:VerificationMessageBytes=262144");
        var least = Encoding.UTF8.GetBytes("""{"permitNumber":"BJ2024000017"}""");
        byte[] Padded(int length) => [.. least, .. Enumerable.Repeat((byte)' ', length - least.Length)];
        HttpContent Content(int length) => JsonClient.Content(Padded(length), "application/json");

        var most = await server.SendAsync(HttpMethod.Post, Verify, "school", Content(262_144), Chunked(isTold));
        var more = await server.SendAsync(HttpMethod.Post, Verify, "school", Content(262_145), Chunked(isTold));

        Assert.Equal(HttpStatusCode.OK, most.Status);
        Assert.Equal("413 MESSAGE_TOO_LARGE", more.Problem);
    }

    [Theory]
    [InlineData("POST", "/v1/permits:verify?asOf=2025-05-01", "400 UNKNOWN_FIELD asOf:UNKNOWN_FIELD")]
    [InlineData("POST", "/v1/permits:verify?permitNumber=BJ2024000017&x1=2", "400 UNKNOWN_FIELD permitNumber:UNKNOWN_FIELD ?:UNKNOWN_FIELD")]
    [InlineData("GET", "/v1/rulebook?version=2026.1", "400 UNKNOWN_FIELD version:UNKNOWN_FIELD")]
    [InlineData("GET", "/v1/caller?", "200")]
    public async Task Call_WithAQuery_IsRefused(string method, string path, string problem)
    {
        var server = shared.Server;
        var content = JsonClient.Content(Encoding.UTF8.GetBytes("""{"permitNumber":"BJ2024000017"}"""), "application/json");

        var reply = await server.SendAsync(new HttpMethod(method), path, "school", method == "POST" ? content : null);

        Assert.Equal(problem, reply.Status == HttpStatusCode.OK ? "200" : reply.Problem);
    }

    [Fact]
    public async Task BatchVerify_MoreThanItMayHold_IsRefusedForItsSizeAndCostsABatch()
    {
        await using var server = await TestServer.StartAsync(args:
        [
            .. TestConsumers.School("north", "Keys:0:Sha256=" + TestConsumers.DigestOf("north"), "Limits:CheckBurst=1500", "Limits:ChecksPerSecond=1"),
        ]);
        var body = $$"""{"checks":[{{string.Join(',', Enumerable.Repeat("{}", 300_000))}}]}""";

        Assert.Equal("400 INVALID_BATCH_SIZE checks:INVALID_BATCH_SIZE", (await server.PostAsync(Batch, body, "north")).Problem);
        var spent = await server.PostAsync(Batch, """{"checks":[{"permitNumber":"BJ2024000017"}]}""".Replace("[", $"[{string.Join(string.Empty, Enumerable.Repeat("""{"permitNumber":"BJ2024000017"},""", 600))}", StringComparison.Ordinal), "north");
        Assert.Equal("429 RATE_EXCEEDED", spent.Problem);
        Assert.Equal("101", spent.Header("Retry-After"));
    }

    private static Action<HttpRequestMessage> Chunked(bool isTold) => request => request.Headers.TransferEncodingChunked = !isTold;
}
