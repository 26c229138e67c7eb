using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Permits.Registry.V1;
using Verification.Cli.Import;

namespace Verification.Cli.Output;

/// <summary>Answers for programs: one JSON object on one line, with the field names of the contract and dates as texts.</summary>
internal static class JsonOutput
{
    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    // Chinese as itself: what reads it is no browser.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An answer as it came, but for identity numbers in its texts.</summary>
    public static void Write(TextWriter output, IMessage answer) =>
        output.WriteLine(TextOf(answer));

    /// <summary>A part of an answer, as <see cref="Write(TextWriter, IMessage)"/> has the whole.</summary>
    public static string TextOf(IMessage part) => ToJson(part).ToJsonString(Plain);

    /// <summary>The answer and the id that names the request, which may have been made here.</summary>
    public static void Write(TextWriter output, RecordEventResponse answer, string requestId)
    {
        var json = ToJson(answer);
        json["request_id"] = requestId;
        output.WriteLine(json.ToJsonString(Plain));
    }

    /// <summary>The last message of an import, with the number of all its rejects in the place of its own; numbers as protobuf has them.</summary>
    public static void Write(TextWriter output, ImportTotals totals, bool isCheck)
    {
        var json = ToJson(totals.Last);
        if (isCheck)
            json["check_only"] = true;
        json["rejects"] = Number(totals.Rejects);
        json["rejects_by_code"] = new JsonObject(totals.RejectsByCode.Select(code => KeyValuePair.Create(code.Key, (JsonNode?)Number(code.Value))));
        output.WriteLine(json.ToJsonString(Plain));
    }

    private static JsonObject ToJson(IMessage answer)
    {
        var shown = Redacted.Of(answer);
        return IsoDates.In(JsonNode.Parse(Formatter.Format(shown))!.AsObject(), shown);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
