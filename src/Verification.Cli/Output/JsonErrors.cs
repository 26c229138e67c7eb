using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Verification.Client;

namespace Verification.Cli.Output;

/// <summary>For a program: one JSON object on a line, named by what it is: <c>error</c>, <c>note</c> or <c>warning</c>.</summary>
internal sealed class JsonErrors(TextWriter error) : ErrorOutput
{
    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write(string message) => Line("error", new JsonObject { ["message"] = Safe(message) });

    public override void Note(string message) => Line("note", new JsonObject { ["message"] = Safe(message) });

    public override void Warn(string message) => Line("warning", new JsonObject { ["message"] = Safe(message) });

    public override void WriteUsage(IReadOnlyList<string> problems, string help) =>
        Line("error", new JsonObject { ["message"] = string.Join("; ", problems), ["help"] = help });

    public override void Write(VerificationFault fault, Uri address)
    {
        var json = new JsonObject
        {
            ["message"] = MessageOf(fault, address),
            ["reason"] = ReasonOf(fault),
            ["status"] = Code(fault.StatusCode),
            ["could_not_tell"] = fault.CouldNotTell,
        };
        if (fault.Violations.Count > 0)
        {
            json["fields"] = new JsonArray([.. fault.Violations.Select(it => new JsonObject
            {
                ["field"] = Safe(it.Field),
                ["description"] = Safe(FaultWords.Of(it)),
                ["reason"] = Safe(it.Reason),
            })]);
        }
        if (fault.RetryAfter is { } wait)
            json["retry_after_seconds"] = wait.TotalSeconds;
        Line("error", json);
    }

    private void Line(string kind, JsonObject what) => error.WriteLine(new JsonObject { [kind] = what }.ToJsonString(Plain));
}
