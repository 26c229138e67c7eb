using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Verification.Core.Permits;

namespace Verification.Server.Telemetry;

/// <summary>
/// One JSON object a line: when, how grave, which event, the text, its fields, and the trace and check of the call under way. The framework's
/// own formatter writes the scopes instead, in which a path stands as the caller wrote it: a number might be in it.
/// </summary>
internal sealed class JsonLogFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>The formatter's name.</summary>
    public const string FormatterName = "verification-json";

    private const string Template = "{OriginalFormat}";

    // A log is read by programs and people, never by a browser.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", CodeNames.NameOf(logEntry.LogLevel).ToLowerInvariant());
            json.WriteNumber("event", logEntry.EventId.Id);
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteCall(json);
            WriteFields(json, logEntry.State as IEnumerable<KeyValuePair<string, object?>>);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static void WriteCall(Utf8JsonWriter json)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } call)
        {
            json.WriteString("trace_id", call.TraceId.ToHexString());
            json.WriteString("span_id", call.SpanId.ToHexString());
        }

        if (CallMarks.Current is { } id)
        {
            json.WriteString("check_id", id);
        }
    }

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? fields)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields ?? [])
        {
            if (name != Template)
            {
                json.WriteString(
                    name,
                    value is DateTime or DateTimeOffset or DateOnly
                        ? ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)
                        : Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }

        json.WriteEndObject();
    }
}
