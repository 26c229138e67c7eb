using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Type;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Rounds;

/// <summary>The output as NDJSON: one object a line, with the field names of the contract; what does not apply is left out.</summary>
internal sealed class NdjsonVerdicts : IVerdictWriter
{
    private const int EnoughBytes = 64 * 1024;
    private const int DateLength = 10;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _lines = new(EnoughBytes * 2);
    private readonly Utf8JsonWriter _json;
    private readonly Stream _output;

    public NdjsonVerdicts(Stream output)
    {
        _output = output;
        _json = new Utf8JsonWriter(_lines, Plain);
    }

    public void Write(long row, string reference, Verdict verdict)
    {
        Begin(row);
        WriteText("permit_number", ShownNumber.Of(verdict));
        WriteText("reference", reference);
        if (verdict.Kind != PermitKind.Unspecified)
            _json.WriteString("kind", Code<PermitKind>.Name(verdict.Kind));
        _json.WriteString("status", Code<PermitStatus>.Name(verdict.Status));
        _json.WriteStartArray("reasons");
        foreach (var reason in verdict.Reasons)
            _json.WriteStringValue(Code<StatusReason>.Name(reason));
        _json.WriteEndArray();
        WriteDate("as_of", verdict.AsOf);
        WriteDate("status_since", verdict.StatusSince);
        WriteDate("status_until", verdict.StatusUntil);
        WriteDate("issued_on", verdict.IssuedOn);
        WriteDate("expires_on", verdict.ExpiresOn);
        WriteDate("valid_until", verdict.ValidUntil);
        if (verdict.Throughout is { } throughout)
        {
            _json.WriteStartObject("throughout");
            WriteDate("through", throughout.Through);
            _json.WriteBoolean("valid", throughout.Valid);
            WriteDate("first_not_valid_on", throughout.FirstNotValidOn);
            if (!throughout.Valid)
                _json.WriteString("status", Code<PermitStatus>.Name(throughout.Status));
            _json.WriteEndObject();
        }
        _json.WriteString("subject_match", Code<SubjectMatch>.Name(verdict.SubjectMatch));
        _json.WriteStartArray("entitlements");
        foreach (var decided in verdict.Entitlements)
        {
            _json.WriteStartObject();
            _json.WriteString("entitlement", Code<Entitlement>.Name(decided.Entitlement));
            _json.WriteString("decision", Code<Decision>.Name(decided.Decision));
            _json.WriteString("basis", Code<Basis>.Name(decided.Basis));
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        End();
    }

    public void Write(long row, RowFault fault)
    {
        Begin(row);
        _json.WriteString("error", fault.Reason);
        _json.WriteString("message", fault.Message);
        End();
    }

    public void Flush()
    {
        _output.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(long row)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("row", row);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= EnoughBytes)
            Flush();
    }

    private void WriteText(string name, string text)
    {
        if (text.Length > 0)
            _json.WriteString(name, text);
    }

    private void WriteDate(string name, Date? date)
    {
        if (date is null)
            return;
        Span<char> text = stackalloc char[DateLength];
        _json.WriteString(name, text[..date.Write(text)]);
    }
}
