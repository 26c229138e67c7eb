using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Verification.Server.Json.Description;

/// <summary>The description of the calls by HTTP as an OpenAPI 3.1 document, written from the contract that this server was built with.</summary>
internal static class ApiDescription
{
    private const string Problem = nameof(Problem);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What a caller does about it is the same for all of a status; the reason tells more.
    private static readonly (int Status, string Description)[] Errors =
    [
        (400, "The request is wrong, or the rules do not admit it; its fields are named."),
        (401, "The caller is not let in."),
        (403, "The caller may not ask this."),
        (404, "There is no such thing."),
        (409, "The same was recorded otherwise, or another request is in the way."),
        (413, "The body is too large."),
        (415, "The body is not application/json."),
        (429, "A budget is used up; Retry-After says when there is more."),
        (500, "The service failed."),
        (503, "The service cannot tell now; Retry-After says when to ask again."),
        (504, "The service was too slow."),
    ];

    /// <summary>Writes it, in UTF-8.</summary>
    public static byte[] Write()
    {
        var calls = ContractFiles.ReadCalls();
        var schemas = new ApiSchemas();
        foreach (var (method, _) in calls)
        {
            schemas.AddRequest(method.InputType);
        }

        schemas.Add(Problem, ProblemSchema());
        var paths = new JsonObject();
        foreach (var (method, rule) in calls)
        {
            var (verb, path) = rule.PatternCase == HttpRule.PatternOneofCase.Get ? ("get", rule.Get) : ("post", rule.Post);
            paths[path] = new JsonObject { [verb] = Operation(method, path, hasBody: rule.Body.Length > 0, schemas) };
        }

        return JsonSerializer.SerializeToUtf8Bytes(Document(paths, schemas, calls), Json);
    }

    private static JsonObject Document(JsonObject paths, ApiSchemas schemas, IReadOnlyList<(MethodDescriptor Method, HttpRule Rule)> calls) => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = "Permit verification",
            ["version"] = typeof(ApiDescription).Assembly.GetName().Version!.ToString(fieldCount: 3),
            ["description"] = "The calls of the gRPC contract by HTTP and JSON: the same access, limits, audit records and errors. "
                + "Unknown fields are refused; nothing is taken from a query.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
        ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
        ["tags"] = new JsonArray([.. calls.Select(call => call.Method.Service).DistinctBy(service => service.FullName).Select(service =>
            new JsonObject { ["name"] = service.Name, ["description"] = service.Comment() })]),
        ["paths"] = paths,
        ["components"] = new JsonObject
        {
            ["schemas"] = schemas.All,
            ["responses"] = new JsonObject(Errors.Select(error => KeyValuePair.Create<string, JsonNode?>($"{error.Status}", ErrorResponse(error.Description)))),
            ["securitySchemes"] = new JsonObject
            {
                ["key"] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["description"] = "An API key of the caller's, or a token of the configured issuer. A client certificate needs neither.",
                },
            },
        },
    };

    private static JsonObject Operation(MethodDescriptor method, string path, bool hasBody, ApiSchemas schemas)
    {
        var comment = method.Comment();
        var inPath = method.InputType.Fields.InDeclarationOrder().Where(field => path.Contains($"{{{field.Name}}}", StringComparison.Ordinal)).ToArray();
        var operation = new JsonObject
        {
            ["operationId"] = method.Name + string.Concat(inPath.Select(field => "By" + field.PropertyName)),
            ["tags"] = new JsonArray(method.Service.Name),
            ["summary"] = comment.Split(". ")[0].TrimEnd('.'),
            ["description"] = comment,
        };
        if (inPath.Length > 0)
        {
            operation["parameters"] = new JsonArray([.. inPath.Select(field => new JsonObject
            {
                ["name"] = field.Name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = field.Comment(),
                ["schema"] = schemas.Of(field),
            })]);
        }

        if (hasBody)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", schemas.Of(method.InputType)) };
        }

        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = method.OutputType.Comment(), ["content"] = Content("application/json", schemas.Of(method.OutputType)) },
        };
        foreach (var (status, _) in Errors)
        {
            responses[$"{status}"] = new JsonObject { ["$ref"] = $"#/components/responses/{status}" };
        }

        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject ErrorResponse(string description) => new()
    {
        ["description"] = description,
        ["headers"] = new JsonObject
        {
            ["Retry-After"] = new JsonObject { ["description"] = "When to ask again, in seconds.", ["schema"] = new JsonObject { ["type"] = "integer" } },
        },
        ["content"] = Content("application/problem+json", ApiSchemas.Reference(Problem)),
    };

    private static JsonObject ProblemSchema() => JsonNode.Parse("""
        {
          "type": "object",
          "description": "Why there is no answer (RFC 9457).",
          "properties": {
            "type": { "type": "string", "description": "The kind of problem; it ends with the reason." },
            "title": { "type": "string", "description": "What kind of problem it is, for a person." },
            "status": { "type": "integer", "description": "The HTTP status." },
            "detail": { "type": "string", "description": "What is wrong, for a person." },
            "reason": { "type": "string", "description": "What is wrong, for a program; the same as by gRPC." },
            "code": { "type": "string", "description": "The status by gRPC." },
            "violations": {
              "type": "array",
              "description": "The fields that are wrong, by the contract's names; up to 16.",
              "items": {
                "type": "object",
                "properties": {
                  "field": { "type": "string", "description": "Where it stands, as in checks[3].as_of." },
                  "reason": { "type": "string", "description": "What is wrong with it, for a program." },
                  "description": { "type": "string", "description": "What is wrong with it and what is allowed, for a person." }
                },
                "required": ["field", "reason", "description"]
              }
            }
          },
          "required": ["type", "title", "status", "detail", "reason", "code"]
        }
        """)!.AsObject();
}
