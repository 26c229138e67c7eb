using Permits.Audit.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Records for a person: a line each.</summary>
internal sealed class RecordTable(IAnsiConsole console) : IRecordOutput
{
    private readonly Grid _table = new(
        new("Time"), new("Consumer", Breaks: true), new("Call"), new("Permit"), new("Told", Breaks: true), new("Check"));

    private bool _any;

    public void Add(AuditRecord record)
    {
        var told = record.Record;
        _any = true;
        _table.AddRow(
            Layout.Plain(told.Instant.ToText()),
            Layout.Plain(told.Consumer),
            Layout.Plain(Code<RecordedCall>.Name(told.Call).ToLowerInvariant()),
            Layout.Plain(told.PermitNumber),
            Told(told),
            Layout.Dim(told.CheckId));
    }

    public void End()
    {
        if (_any)
            console.Write(_table);
    }

    private static Cell Told(CheckRecord record) => record switch
    {
        { Refusal: { } refusal } => Layout.Plain(RecordDetails.InWords(refusal)),
        { Answer: { } answer } => Layout.Coloured(
            string.Join(", ", answer.Reasons.Select(Code<StatusReason>.Name).Prepend(Code<PermitStatus>.Name(answer.Status))),
            StatusColors.Of(answer.Status)),
        _ => Layout.Dim(record.Note),
    };
}
