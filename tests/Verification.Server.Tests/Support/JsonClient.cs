using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace Verification.Server.Tests.Support;

/// <summary>Asks a server by HTTP and JSON.</summary>
internal static class JsonClient
{
    /// <summary>Reads and writes the contract's messages; the reader refuses what it does not know.</summary>
    public static readonly TypeRegistry Details = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

    private static readonly JsonParser Parser = new(new JsonParser.Settings(100, Details));

    private static readonly JsonFormatter Formatter = new(new JsonFormatter.Settings(formatDefaultValues: false, Details));

    public static Task<JsonReply> PostAsync(this TestServer server, string path, IMessage message, string key = TestConsumers.Authority) =>
        server.PostAsync(path, Formatter.Format(message), key);

    public static Task<JsonReply> PostAsync(
        this TestServer server, string path, string body, string key = TestConsumers.Authority, string? contentType = "application/json") =>
        server.SendAsync(HttpMethod.Post, path, key, Content(Encoding.UTF8.GetBytes(body), contentType));

    public static Task<JsonReply> GetAsync(this TestServer server, string path, string key = TestConsumers.Authority) =>
        server.SendAsync(HttpMethod.Get, path, key);

    /// <summary>Sends a request; with an empty key, one without any.</summary>
    public static async Task<JsonReply> SendAsync(
        this TestServer server, HttpMethod method, string path, string key, HttpContent? content = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        change?.Invoke(request);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new JsonReply(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Content.Headers.ContentType?.MediaType,
            [.. response.Headers.Concat(response.Content.Headers)]);
    }

    /// <summary>Bytes as a body of any type, or of none.</summary>
    public static ByteArrayContent Content(byte[] body, string? contentType)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return content;
    }

    /// <summary>The answer as a message of the contract.</summary>
    public static T To<T>(this JsonReply reply)
        where T : IMessage, new()
    {
        Assert.True(reply.Status == HttpStatusCode.OK, $"{reply.Status}: {reply.Body}");
        return Parser.Parse<T>(reply.Body);
    }
}

/// <summary>What was answered by HTTP.</summary>
internal sealed record JsonReply(HttpStatusCode Status, string Body, string? ContentType, KeyValuePair<string, IEnumerable<string>>[] Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The reason of a problem.</summary>
    public string Reason => Json.GetProperty("reason").GetString()!;

    /// <summary>The status, the reason and the fields of a problem, as in <c>400 UNKNOWN_FIELD asOff:UNKNOWN_FIELD</c>.</summary>
    public string Problem
    {
        get
        {
            Assert.True(ContentType == "application/problem+json", $"{Status} {ContentType}: {Body}");
            var problem = Json;
            Assert.Equal((int)Status, problem.GetProperty("status").GetInt32());
            Assert.Equal($"urn:permits-verification:{Reason}", problem.GetProperty("type").GetString());
            Assert.NotEmpty(problem.GetProperty("title").GetString()!);
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
            var fields = problem.TryGetProperty("violations", out var violations)
                ? violations.EnumerateArray().Select(it => $" {it.GetProperty("field")}:{it.GetProperty("reason")}")
                : [];
            return $"{(int)Status} {Reason}{string.Concat(fields)}";
        }
    }

    /// <summary>A header's value; null where there is none.</summary>
    public string? Header(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value).SingleOrDefault();
}
