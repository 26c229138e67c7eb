using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Health.V1;
using Permits.Operations.V1;
using Permits.Verification.V1;
using Verification.Cli.Connecting;

namespace Verification.Cli.Output;

/// <summary>What <c>permitctl doctor</c> found, for a program.</summary>
internal static class DoctorJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(
        TextWriter output, Connection connection, HealthCheckResponse? health, GetCallerResponse? caller, GetNodeStatusResponse? node, string[] problems) =>
        output.WriteLine(new JsonObject
        {
            ["version"] = DoctorView.Version,
            ["address"] = connection.Address.ToString(),
            ["credential"] = DoctorView.CredentialOf(connection),
            ["health"] = health is null ? null : HealthView.NameOf(health.Status),
            ["caller"] = Of(caller),
            ["node"] = Of(node),
            ["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)problem)]),
        }.ToJsonString(Plain));

    private static JsonNode? Of(IMessage? part) => part is null ? null : JsonNode.Parse(JsonOutput.TextOf(part));
}
