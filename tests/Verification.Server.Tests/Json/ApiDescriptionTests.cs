using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Json;

/// <summary>The OpenAPI document is one, and what it says is so: every call answers requests made from it, good and bad, as it says.</summary>
public sealed class ApiDescriptionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int RequestsOfEachKind = 60;

    // By their text: every test reads the same document.
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new(StringComparer.Ordinal);

    private static readonly string[] OfForm = ["UNKNOWN_FIELD", "MALFORMED_VALUE", "FIELD_REPEATED", "MALFORMED_MESSAGE"];

    [Fact]
    public async Task Document_ByALibraryThatReadsIt_IsOpenApiWithoutAnythingWrong()
    {
        var server = shared.Server;

        var text = await server.Http.GetStringAsync("/openapi.json", TestContext.Current.CancellationToken);
        var read = OpenApiDocument.Parse(text, "json");

        Assert.NotNull(read.Diagnostic);
        Assert.NotNull(read.Document);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Empty(read.Document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
        Assert.All(read.Document.Components!.Schemas!.Values, schema => Assert.NotEmpty(schema.Description!));
    }

    [Fact]
    public async Task Document_Paths_AreThoseThatTheServerHas()
    {
        var server = shared.Server;

        var described = (await DocumentAsync(server))["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key}"));

        var served = server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not null)
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single().ToLowerInvariant()} /{endpoint.RoutePattern.RawText!.TrimStart('/')}");
        Assert.Equal(served.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    /// <summary>Requests that fit their schemas may be refused for what they say, never for their form; those that do not are refused.</summary>
    [Fact]
    public async Task Calls_RequestsMadeFromTheDocument_AreAnsweredAsItSays()
    {
        var server = shared.Server;
        await server.RecordAsync(Calls.Issued(RequestsOf.Number, "2025-05-01"));
        var document = await DocumentAsync(server);
        var requests = new RequestsOf(document);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            if (item!["post"]?["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema)
            {
                continue;
            }

            await requests.Good(schema).SampleAsync(
                async body =>
                {
                    var reply = await server.PostAsync(path, body);
                    AssertAsDescribed(document, item["post"]!, reply, $"{path} {body}");
                    Assert.False(reply.Status == HttpStatusCode.BadRequest && OfForm.Contains(reply.Reason), $"{path} {body}: {reply.Body}");
                },
                iter: RequestsOfEachKind,
                threads: 1);
            await requests.Bad(schema).SampleAsync(
                async body =>
                {
                    var reply = await server.PostAsync(path, body);
                    AssertAsDescribed(document, item["post"]!, reply, $"{path} {body}");
                    Assert.True(reply.Status == HttpStatusCode.BadRequest, $"{path} {body}: {reply.Status} {reply.Body}");
                },
                iter: RequestsOfEachKind,
                threads: 1);
        }
    }

    [Theory]
    [InlineData("/v1/caller", "/v1/caller", 200)]
    [InlineData("/v1/rulebook", "/v1/rulebook", 200)]
    [InlineData("/v1/rulebooks/{version}", "/v1/rulebooks/2026.2", 200)]
    [InlineData("/v1/rulebooks/{version}", "/v1/rulebooks/%F0%9F%90%BC%2F", 404)]
    [InlineData("/v1/checks/{check_id}", "/v1/checks/019d0000000070008000000000000000", 404)]
    [InlineData("/v1/checks/{check_id}", "/v1/checks/1", 400)]
    public async Task Call_ByGet_IsAnsweredAsTheDocumentSays(string described, string path, int status)
    {
        var server = shared.Server;
        var document = await DocumentAsync(server);

        var reply = await server.GetAsync(path);

        Assert.Equal((HttpStatusCode)status, reply.Status);
        AssertAsDescribed(document, document["paths"]![described]!["get"]!, reply, path);
    }

    [Fact]
    public async Task Page_AndAllItsFiles_ComeFromTheServerItself()
    {
        var server = shared.Server;
        var page = await server.SendAsync(HttpMethod.Get, "/docs/index.html", string.Empty);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.ContentType));
        Assert.DoesNotContain("'unsafe-inline'", Directive(page, "script-src"), StringComparison.Ordinal);
        Assert.Equal("connect-src 'self'", Directive(page, "connect-src"));
        var files = System.Text.RegularExpressions.Regex.Matches(page.Body, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.DoesNotContain("//", file, StringComparison.Ordinal);
            Assert.Equal((file, HttpStatusCode.OK), (file, (await server.SendAsync(HttpMethod.Get, $"/docs/{file}", string.Empty)).Status));
        }
    }

    private static string Directive(JsonReply page, string name) => page.Header("Content-Security-Policy")!
        .Split(';', StringSplitOptions.TrimEntries).Single(directive => directive.StartsWith(name, StringComparison.Ordinal));

    private static async Task<JsonObject> DocumentAsync(TestServer server) =>
        JsonNode.Parse(await server.Http.GetStringAsync("/openapi.json", TestContext.Current.CancellationToken))!.AsObject();

    private static void AssertAsDescribed(JsonObject document, JsonNode operation, JsonReply reply, string request)
    {
        Assert.True((int)reply.Status < 500, $"{request}: {reply.Status} {reply.Body}");
        var response = operation["responses"]![$"{(int)reply.Status}"];
        Assert.True(response is not null, $"{request}: {reply.Status} is not described.");
        var content = (response["$ref"] is { } reference ? At(document, reference.GetValue<string>()) : response)["content"]![reply.ContentType!];
        Assert.True(content is not null, $"{request}: {reply.ContentType} is not described.");

        var schema = Schemas.GetOrAdd(content["schema"]!.ToJsonString(), _ => SchemaByItself(document, content["schema"]!));
        if (!schema.Evaluate(reply.Json).IsValid)
        {
            var result = schema.Evaluate(reply.Json, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.Fail($"{request}: {reply.Body}\n{JsonSerializer.Serialize(result)}");
        }
    }

    /// <summary>A schema with those that it names, which the document has beside it.</summary>
    private static JsonSchema SchemaByItself(JsonObject document, JsonNode schema)
    {
        var whole = new JsonObject { ["$defs"] = document["components"]!["schemas"]!.DeepClone(), ["allOf"] = new JsonArray(schema.DeepClone()) };
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static JsonNode At(JsonNode document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!);
}
