using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Permits.Registry.V1;
using Verification.Cli.Import;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Answers for programs: one JSON object on one line, with the field names of the contract.</summary>
internal static class JsonOutput
{
    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    /// <summary>An answer as it came; a person's identity number that was typed as a permit's number is left out.</summary>
    public static void Write(TextWriter output, IMessage answer) =>
        output.WriteLine(IdentityNumber.Hide(Formatter.Format(answer)));

    /// <summary>The answer and the id that names the request, which may have been made here.</summary>
    public static void Write(TextWriter output, RecordEventResponse answer, string requestId)
    {
        var json = JsonNode.Parse(Formatter.Format(answer))!.AsObject();
        json["request_id"] = requestId;
        output.WriteLine(json.ToJsonString());
    }

    public static void Write(TextWriter output, ImportTotals totals) => output.WriteLine(JsonSerializer.Serialize(new
    {
        lines_read = totals.LinesRead,
        events_loaded = totals.EventsLoaded,
        rejects = totals.Rejects,
        revision = totals.Revision,
        rejects_by_code = totals.RejectsByCode,
    }));
}
