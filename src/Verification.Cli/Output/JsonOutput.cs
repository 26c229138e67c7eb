using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Permits.Registry.V1;
using Verification.Cli.Import;

namespace Verification.Cli.Output;

/// <summary>Answers for programs: one JSON object on one line, with the field names of the contract.</summary>
internal static class JsonOutput
{
    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    private static readonly JsonSerializerOptions LongsAsText = new() { NumberHandling = JsonNumberHandling.WriteAsString };

    /// <summary>An answer as it came, but for identity numbers in its texts.</summary>
    public static void Write(TextWriter output, IMessage answer) =>
        output.WriteLine(Formatter.Format(Redacted.Of(answer)));

    /// <summary>The answer and the id that names the request, which may have been made here.</summary>
    public static void Write(TextWriter output, RecordEventResponse answer, string requestId)
    {
        var json = JsonNode.Parse(Formatter.Format(answer))!.AsObject();
        json["request_id"] = requestId;
        output.WriteLine(json.ToJsonString());
    }

    /// <summary>The sums of an import. Whole numbers of 64 bits are text, as protobuf's JSON has them in every other answer.</summary>
    public static void Write(TextWriter output, ImportTotals totals) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            lines_read = totals.LinesRead,
            events_loaded = totals.EventsLoaded,
            rejects = totals.Rejects,
            revision = totals.Revision,
            rejects_by_code = totals.RejectsByCode,
        },
        LongsAsText));
}
