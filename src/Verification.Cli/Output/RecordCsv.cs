using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Records for a spreadsheet: comma-separated values (RFC 4180), the names of the columns first.</summary>
internal sealed class RecordCsv(TextWriter output) : IRecordOutput
{
    private static readonly (string Name, Func<AuditRecord, string> Value)[] Columns =
    [
        ("instant", it => Text(it.Record.Instant)),
        ("check_id", it => it.Record.CheckId),
        ("call", it => Code<RecordedCall>.Name(it.Record.Call)),
        ("consumer", it => Foreign(it.Record.Consumer)),
        ("class", it => Word(it.Record.ConsumerClass)),
        ("permit_number", it => it.Record.PermitNumber),
        ("as_of", it => it.Record.AsOf?.ToText() ?? ""),
        ("through", it => it.Record.Through?.ToText() ?? ""),
        ("known_at_revision", it => it.Record.HasKnownAtRevision ? Text(it.Record.KnownAtRevision) : ""),
        ("role", it => Word(it.Record.Role)),
        ("identity_document", it => Word(it.Record.IdentityDocument)),
        ("identity_digest", it => it.IdentityDigest),
        ("card_edition", it => it.Record.HasCardEdition ? Text(it.Record.CardEdition) : ""),
        ("status", it => Word(it.Record.Answer?.Status ?? default)),
        ("reasons", it => string.Join(' ', it.Record.Answer?.Reasons.Select(Code<StatusReason>.Name) ?? [])),
        ("subject_match", it => Word(it.Record.Answer?.SubjectMatch ?? default)),
        ("card_match", it => Word(it.Record.Answer?.CardMatch ?? default)),
        ("decisions", it => string.Join(' ', it.Record.Answer?.Entitlements.Select(Text) ?? [])),
        ("first_not_valid_on", it => it.Record.Answer?.Throughout?.FirstNotValidOn?.ToText() ?? ""),
        ("status_then", it => Word(it.Record.Answer?.Throughout?.Status ?? default)),
        ("revision", it => it.Record.Provenance is { } provenance ? Text(provenance.Revision) : ""),
        ("data_as_of", it => Text(it.Record.Provenance?.DataAsOf)),
        ("rulebook_version", it => it.Record.Provenance?.RulebookVersion ?? ""),
        ("refusal", it => it.Record.Refusal?.Reason ?? ""),
        ("refusals", it => it.Record.Refusal is { } refusal ? Text(refusal.Count) : ""),
        ("reference", it => Foreign(it.Record.Reference)),
        ("note", it => Foreign(it.Record.Note)),
        ("log_id", it => it.LogId),
        ("block", it => Text(it.Block)),
        ("index", it => Text(it.Index)),
    ];

    private bool _any;

    public void Add(AuditRecord record)
    {
        Begin();
        WriteLine(Columns.Select(column => column.Value(record)));
    }

    public void End() => Begin();

    private void Begin()
    {
        if (!_any)
            WriteLine(Columns.Select(column => column.Name));
        _any = true;
    }

    // CR LF ends a line of values, whatever the machine does.
    private void WriteLine(IEnumerable<string> values) => output.Write(string.Join(',', values.Select(Quoted)) + "\r\n");

    private static string Quoted(string value) => value.IndexOfAny([',', '"', '\r', '\n']) < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Text of a third party: a spreadsheet must not take it for a formula.</summary>
    private static string Foreign(string text)
    {
        var printable = IdentityNumber.Hide(Printable.Of(text));
        return printable is ['=' or '+' or '-' or '@', ..] ? "'" + printable : printable;
    }

    private static string Word<T>(T code)
        where T : struct, System.Enum => EqualityComparer<T>.Default.Equals(code, default) ? "" : Code<T>.Name(code);

    private static string Text(EntitlementDecision it) =>
        $"{Code<Entitlement>.Name(it.Entitlement)}:{Code<Decision>.Name(it.Decision)}:{Code<Basis>.Name(it.Basis)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(Timestamp? instant) =>
        instant?.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "";
}
