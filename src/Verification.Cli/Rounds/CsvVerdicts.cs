using System.Text;
using Google.Type;
using nietras.SeparatedValues;
using Permits.Verification.V1;
using Verification.Cli.Input;

namespace Verification.Cli.Rounds;

/// <summary>
/// The output as CSV that a spreadsheet reads: commas, CRLF, quotes where needed. Texts from elsewhere cannot become formulas.
/// </summary>
internal sealed class CsvVerdicts : IVerdictWriter
{
    private const int BufferChars = 64 * 1024;
    private const int DateLength = 10;

    private static readonly string[] Leading =
    [
        "row", "permit_number", "reference", "kind", "status", "reasons", "as_of", "status_since", "status_until", "issued_on", "expires_on",
        "valid_until", "through", "valid_throughout", "first_not_valid_on", "subject_match",
    ];

    private static readonly string[] Trailing = ["error", "message"];

    private readonly IReadOnlyList<Entitlement> _entitlements;
    private readonly EntitlementDecision?[] _decisions;
    private readonly SepWriter _rows;
    private readonly int _columns;

    /// <summary>Begins the output with its header, or goes on behind what it has.</summary>
    /// <param name="output">The file.</param>
    /// <param name="entitlements">What has columns of its own; none means all that this version knows, as nobody can tell yet which are answered.</param>
    /// <param name="withMark">Whether the file begins with a byte-order mark, by which Excel knows UTF-8.</param>
    public CsvVerdicts(OutputFile output, IReadOnlyList<Entitlement> entitlements, bool withMark)
    {
        _entitlements = entitlements.Count > 0 ? [.. entitlements.Distinct()] : [.. Enum.GetValues<Entitlement>().Where(value => value != default)];
        _decisions = new EntitlementDecision?[_entitlements.Max(value => (int)value) + 1];
        var isNew = output.Bytes == 0;
        if (isNew && withMark)
            output.Write(Encoding.UTF8.Preamble);
        var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferChars, leaveOpen: true) { NewLine = "\r\n" };
        string[] header = [.. Leading, .. _entitlements.SelectMany(NamesOf), .. Trailing];
        _columns = header.Length;
        _rows = Sep.New(',').Writer(options => options with { WriteHeader = isNew, Escape = true, ColNotSetOption = SepColNotSetOption.Empty }).To(text);
        if (isNew)
        {
            _rows.Header.Add(header);
            _rows.Header.Write();
        }
    }

    public void Write(long row, string reference, Verdict verdict)
    {
        using var cells = _rows.NewRow();
        var next = 0;
        cells[next++].Format(row);
        cells[next++].Set(ShownNumber.Of(verdict));
        cells[next++].Set(Harmless(reference));
        cells[next++].Set(verdict.Kind == PermitKind.Unspecified ? "" : Code<PermitKind>.Name(verdict.Kind));
        cells[next++].Set(Code<PermitStatus>.Name(verdict.Status));
        cells[next++].Set(verdict.Reasons.Count switch
        {
            0 => "",
            1 => Code<StatusReason>.Name(verdict.Reasons[0]),
            _ => string.Join(' ', verdict.Reasons.Select(Code<StatusReason>.Name)),
        });
        Set(cells[next++], verdict.AsOf);
        Set(cells[next++], verdict.StatusSince);
        Set(cells[next++], verdict.StatusUntil);
        Set(cells[next++], verdict.IssuedOn);
        Set(cells[next++], verdict.ExpiresOn);
        Set(cells[next++], verdict.ValidUntil);
        Set(cells[next++], verdict.Throughout?.Through);
        cells[next++].Set(verdict.Throughout is { } throughout ? throughout.Valid ? "true" : "false" : "");
        Set(cells[next++], verdict.Throughout?.FirstNotValidOn);
        cells[next++].Set(Code<SubjectMatch>.Name(verdict.SubjectMatch));
        SetDecisions(cells, ref next, verdict);
        cells[next++].Set("");
        cells[next].Set("");
    }

    public void Write(long row, RowFault fault)
    {
        using var cells = _rows.NewRow();
        cells[0].Format(row);
        for (var cell = 1; cell < _columns - 2; cell++)
            cells[cell].Set("");
        cells[_columns - 2].Set(Harmless(fault.Reason));
        cells[_columns - 1].Set(Harmless(fault.Message));
    }

    public void Flush() => _rows.Flush();

    public void Dispose() => _rows.Dispose();

    private static IEnumerable<string> NamesOf(Entitlement entitlement)
    {
        var name = Code<Entitlement>.Name(entitlement).ToLowerInvariant();
        return [name, $"{name}_basis"];
    }

    /// <summary>A text that a spreadsheet would calculate is kept a text by an apostrophe before it.</summary>
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static void Set(SepWriter.Col cell, Date? date)
    {
        Span<char> text = stackalloc char[DateLength];
        cell.Set(date is null ? [] : text[..date.Write(text)]);
    }

    private void SetDecisions(SepWriter.Row cells, ref int next, Verdict verdict)
    {
        Array.Clear(_decisions);
        foreach (var decided in verdict.Entitlements)
        {
            if ((uint)decided.Entitlement < (uint)_decisions.Length)
                _decisions[(int)decided.Entitlement] = decided;
        }
        foreach (var entitlement in _entitlements)
        {
            var decided = _decisions[(int)entitlement];
            cells[next++].Set(decided is null ? "" : Code<Decision>.Name(decided.Decision));
            cells[next++].Set(decided is null ? "" : Code<Basis>.Name(decided.Basis));
        }
    }
}
