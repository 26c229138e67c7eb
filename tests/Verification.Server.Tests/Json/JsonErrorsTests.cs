using System.Net;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Permits.Verification.V1;
using Verification.Core.Lookup;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Json;

/// <summary>By HTTP and JSON the same access, limits, records and reasons hold as by gRPC.</summary>
public sealed class JsonErrorsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Number = "BJ2024000017";
    private const string Verify = "/v1/permits:verify";

    private static readonly string[] Walker =
        [.. TestConsumers.School("walker", $"Keys:0:Sha256={TestConsumers.DigestOf("walker")}", "Limits:UnknownBurst=1", "Limits:Batches=false", "RequireIdentity=true")];

    [Fact]
    public async Task Calls_AllByJson_NeedACredentialAndTheirRole()
    {
        await using var server = await TestServer.StartAsync(args:
        [
            "--Verification:Consumers:nothing:Class=school", "--Verification:Consumers:nothing:Roles:0=operate", $"--Verification:Consumers:nothing:Keys:0:Sha256={TestConsumers.DigestOf("nothing")}",
        ]);
        var calls = server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not null).ToArray();
        Assert.Equal(12, calls.Length);

        foreach (var call in calls)
        {
            var method = new HttpMethod(call.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single());
            var path = "/" + call.RoutePattern.RawText!.TrimStart('/').Replace("{check_id}", "1", StringComparison.Ordinal).Replace("{version}", "1066", StringComparison.Ordinal);
            Task<JsonReply> AskAsync(string key) =>
                server.SendAsync(method, path, key, method == HttpMethod.Post ? JsonClient.Content("{}"u8.ToArray(), "application/json") : null);

            var nobody = await AskAsync(string.Empty);
            Assert.Equal((path, "401 CREDENTIAL_MISSING", "Bearer"), (path, nobody.Problem, nobody.Header("WWW-Authenticate")));
            Assert.Equal((path, "401 CREDENTIAL_INVALID"), (path, (await AskAsync("nobody's")).Problem));

            // The two that need no role: the caller itself, and the rules.
            var isOpen = path.Contains("caller", StringComparison.Ordinal) || path.Contains("rulebook", StringComparison.Ordinal);
            var without = await AskAsync("nothing");
            Assert.True(isOpen ? without.Status is HttpStatusCode.OK or HttpStatusCode.NotFound : without.Problem == "403 ROLE_MISSING", $"{path}: {without.Body}");
            Assert.NotEqual(HttpStatusCode.Forbidden, (await AskAsync(TestConsumers.Authority)).Status);
        }
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "请求有误", "没有此字段；可用的字段：")]
    [InlineData("en,zh;q=0.5", "en", "The request is wrong", "There is no such field here; there are ")]
    [InlineData("fr", "en", "The request is wrong", "There is no such field here; there are ")]
    public async Task Problem_LanguageOfTheCaller_IsToldInIt(string accepts, string language, string title, string description)
    {
        var server = shared.Server;

        var reply = await server.SendAsync(
            HttpMethod.Post,
            Verify,
            "school",
            JsonClient.Content("""{"permitNumber":"BJ2024000017","asOff":17}"""u8.ToArray(), "application/json"),
            request => request.Headers.Add("Accept-Language", accepts));

        Assert.Equal((language, title), (reply.Header("Content-Language"), reply.Json.GetProperty("title").GetString()));
        Assert.StartsWith(description, reply.Json.GetProperty("violations")[0].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("400 UNKNOWN_FIELD asOff:UNKNOWN_FIELD", reply.Problem);
    }

    [Fact]
    public async Task Refusals_OfEveryKind_HaveTheirReasonsAndAreRecorded()
    {
        await using var server = await TestServer.StartAsync(args: Walker);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: "110105199003072338"));
        string[] problems =
        [
            (await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017","entitlements":["ENTITLEMENT_HOME_PURCHASE"]}""", "school")).Problem,
            (await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017"}""", "walker")).Problem,
            (await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017","subject":{"identityNumber":"110105199003072346"}}""", "walker")).Problem,
            (await server.PostAsync("/v1/permits:batchVerify", """{"checks":[{"permitNumber":"BJ2024000017"}]}""", "walker")).Problem,
            (await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017","rulebookVersion":"2026.1"}""", "school")).Problem,
            (await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017","knownAtRevision":"17"}""", "school")).Problem,
            (await server.PostAsync(Verify, """{"permitNumber":"BJ2024000017","asOff":17}""", "school")).Problem,
            (await server.PostAsync("/v1/permits:record", """{"requestId":"1","event":{"permitNumber":"BJ2024000018","on":{"year":2025,"month":5,"day":1},"renewed":{}}}""")).Problem,
            (await server.GetAsync("/v1/rulebooks/1066", "school")).Problem,
        ];

        Assert.Equal(
            [
                "403 ENTITLEMENT_OUT_OF_SCOPE", "400 IDENTITY_REQUIRED subject.identity_number:IDENTITY_REQUIRED", "403 IDENTITY_NOT_MATCHED",
                "403 BATCHES_NOT_ALLOWED", "403 ROLE_MISSING", "400 REVISION_UNKNOWN", "400 UNKNOWN_FIELD asOff:UNKNOWN_FIELD",
                "400 NOT_ISSUED", "404 RULEBOOK_UNKNOWN",
            ],
            problems);
        var records = (await server.RecordsAsync()).Where(record => record.Refusal is not null);
        Assert.Equal(
            problems.Select(problem => problem.Split(' ')[1]).Order(StringComparer.Ordinal),
            records.Select(record => record.Refusal!.Value.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Verify_BudgetOfUnknownNumbersUsedUp_SaysWhenToAskAgain()
    {
        await using var server = await TestServer.StartAsync(args:
            [.. TestConsumers.School("walker", $"Keys:0:Sha256={TestConsumers.DigestOf("walker")}", "Limits:UnknownBurst=1", "Limits:UnknownPerMinute=2")]);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Verify, Calls.Check("BJ00000001"), "walker")).Status);

        var refused = await server.PostAsync(Verify, Calls.Check("BJ00000002"), "walker");

        Assert.Equal(("429 UNKNOWN_BUDGET_EXHAUSTED", "30"), (refused.Problem, refused.Header("Retry-After")));
    }

    [Fact]
    public async Task Verify_RegistryThatCannotTell_IsUnavailableAndSaysWhenToAskAgain()
    {
        await using var server = await TestServer.StartAsync(tellsEmpty: true);

        var refused = await server.PostAsync(Verify, Calls.Check(Number));

        Assert.Equal(("503 REGISTRY_EMPTY", "1"), (refused.Problem, refused.Header("Retry-After")));
    }

    [Fact]
    public async Task Verify_ServerThatFails_SaysNothingOfTheCause()
    {
        await using var server = await TestServer.StartAsync(configure: builder =>
            builder.Services.AddSingleton<IPermitLookup>(DoubleOfLookup.ThatFails(new InvalidOperationException("secret"))));
        server.ExpectsError = error => error.Contains("failed unexpectedly", StringComparison.Ordinal);

        var failed = await server.PostAsync(Verify, Calls.Check(Number));

        Assert.Equal("500 INTERNAL", failed.Problem);
        Assert.DoesNotContain("secret", failed.Body, StringComparison.Ordinal);
    }

    /// <summary>A part of an answer must not look like one: it breaks off, where it had begun.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task BatchVerify_AnswerThatCannotBeWritten_IsNeverHalfAnAnswer(int itemsBefore)
    {
        await using var server = await TestServer.StartAsync(configure: builder =>
            builder.Services.Configure<GrpcJsonTranscodingOptions>(json => json.TypeRegistry = TypeRegistry.Empty));
        server.ExpectsError = error => error.Contains("NotTranscoded", StringComparison.Ordinal);
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Repeat(Calls.Check(Number), itemsBefore).Append(Calls.Check("!")) } };

        if (itemsBefore == 0)
        {
            Assert.Equal("500 INTERNAL", (await server.PostAsync("/v1/permits:batchVerify", batch)).Problem);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => server.PostAsync("/v1/permits:batchVerify", batch));
        }

        Assert.Single(server.Logs.Errors, error => error.Contains("NotTranscoded", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", Verify, "POST")]
    [InlineData("HEAD", Verify, "POST")]
    [InlineData("OPTIONS", Verify, "POST")]
    [InlineData("PUT", Verify, "POST")]
    [InlineData("POST", "/v1/caller", "GET")]
    [InlineData("DELETE", "/v1/checks/1", "GET")]
    public async Task Call_ByAnotherMethod_IsNotAllowedAndNoOtherOriginIsLetIn(string method, string path, string allowed)
    {
        var server = shared.Server;

        var reply = await server.SendAsync(new HttpMethod(method), path, string.Empty, change: request =>
        {
            request.Headers.Add("Origin", "https://elsewhere.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        });

        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (reply.Status, reply.Header("Allow")));
        Assert.DoesNotContain(reply.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.True(method == "HEAD" || reply.Problem == "405 HTTP_METHOD_NOT_ALLOWED", reply.Body);
    }

    [Theory]
    [InlineData("/v1/permits/BJ2024000017", null)]
    [InlineData("/v1/permits:verifY2", null)]
    [InlineData("/v1/nothing", "text/html")]
    [InlineData("/nothing/here", null)]
    [InlineData("/nothing", "*/*")]
    public async Task Path_Unknown_IsAProblemForAProgram(string path, string? accept)
    {
        var server = shared.Server;

        var reply = await server.SendAsync(HttpMethod.Get, path, string.Empty, change: request => request.Headers.TryAddWithoutValidation("Accept", accept));

        Assert.Equal("404 METHOD_UNKNOWN", reply.Problem);
    }

    [Fact]
    public async Task Path_UnknownInABrowser_IsAPage()
    {
        var server = shared.Server;

        var reply = await server.SendAsync(HttpMethod.Get, "/permits/list", string.Empty, change: request =>
            request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"));

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (reply.Status, reply.ContentType));
        Assert.Contains("There is no page at this address", reply.Body, StringComparison.Ordinal);
        Assert.Contains("此地址没有页面", reply.Body, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }
}
