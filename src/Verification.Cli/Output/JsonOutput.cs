using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Permits.Registry.V1;
using Verification.Cli.Import;

namespace Verification.Cli.Output;

/// <summary>Answers for programs: one JSON object on one line, with the field names of the contract.</summary>
internal static class JsonOutput
{
    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    /// <summary>An answer as it came, but for identity numbers in its texts.</summary>
    public static void Write(TextWriter output, IMessage answer) =>
        output.WriteLine(Formatter.Format(Redacted.Of(answer)));

    /// <summary>A part of an answer, as <see cref="Write(TextWriter, IMessage)"/> has the whole.</summary>
    public static string TextOf(IMessage part) => Formatter.Format(Redacted.Of(part));

    /// <summary>The answer and the id that names the request, which may have been made here.</summary>
    public static void Write(TextWriter output, RecordEventResponse answer, string requestId)
    {
        var json = JsonNode.Parse(Formatter.Format(answer))!.AsObject();
        json["request_id"] = requestId;
        output.WriteLine(json.ToJsonString());
    }

    /// <summary>The last message of an import, with the number of all its rejects in the place of its own; numbers as protobuf has them.</summary>
    public static void Write(TextWriter output, ImportTotals totals)
    {
        var json = JsonNode.Parse(Formatter.Format(Redacted.Of(totals.Last)))!.AsObject();
        json["rejects"] = Number(totals.Rejects);
        json["rejects_by_code"] = new JsonObject(totals.RejectsByCode.Select(code => KeyValuePair.Create(code.Key, (JsonNode?)Number(code.Value))));
        output.WriteLine(json.ToJsonString());
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
