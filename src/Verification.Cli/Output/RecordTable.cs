using Permits.Audit.V1;
using Permits.Verification.V1;
using Spectre.Console;
using Verification.Cli.Input;

namespace Verification.Cli.Output;

/// <summary>Records for a person: a line each.</summary>
internal sealed class RecordTable(IAnsiConsole console) : IRecordOutput
{
    private readonly Grid _table = new(
        new(Say("Time", "时间")), new(Say("Consumer", "调用方"), Breaks: true), new(Say("Call", "调用")), new(Say("Permit", "证件号码")), new(Say("Told", "答复"), Breaks: true), new(Say("Check", "查询编号")));

    private bool _any;

    public void Add(AuditRecord record)
    {
        var told = record.Record;
        _any = true;
        _table.AddRow(
            Layout.Plain(told.Instant.ToText()),
            Layout.Plain(told.Consumer),
            Layout.Plain(Terms.Word(told.Call)),
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
            string.Join(Say(", ", "，"), answer.Reasons.Select(reason => Terms.Of(reason).Short).Prepend(Terms.Of(answer.Status).Short)),
            StatusColors.Of(answer.Status)),
        _ => Layout.Dim(record.Note),
    };
}
