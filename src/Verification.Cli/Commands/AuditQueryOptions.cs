using System.CommandLine;
using Permits.Audit.V1;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>Which records of the audit log a command is about.</summary>
internal sealed class AuditQueryOptions
{
    private readonly Option<string> _checkId = new("--check-id") { Description = Say("Exactly this answer, as its provenance names it.", "只查这一个答复，编号见答复的来源信息。"), HelpName = "ID" };
    private readonly Option<string> _permit = new("--permit") { Description = Say("Of this permit.", "关于这个证件。"), HelpName = "NUMBER" };
    private readonly Option<string> _consumer = new("--consumer") { Description = Say("Of what this consumer asked. Needs --from and --to, as --reference does.", "这个调用方所查的；与 --reference 一样需要 --from 和 --to。"), HelpName = "NAME" };
    private readonly Option<string> _reference = new("--reference") { Description = Say("Of what was asked under this case number of the caller's own.", "按调用方自己的业务编号查找。"), HelpName = "TEXT" };
    private readonly Option<string> _from = new("--from") { Description = Say("From this day in Beijing on, or from this instant.", "从北京时间这一天起，或从这一时刻起。"), HelpName = "YYYY-MM-DD" };
    private readonly Option<string> _to = new("--to") { Description = Say("To this day in Beijing, which belongs to it, or to this instant, which does not.", "到北京时间这一天为止（含当天），或到这一时刻为止（不含）。"), HelpName = "YYYY-MM-DD" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option<string>[])[_checkId, _permit, _consumer, _reference, _from, _to])
            command.Add(option);
    }

    /// <summary>Whether it is about one answer alone.</summary>
    public bool NamesOne(ParseResult parse) => parse.GetValue(_checkId) is not null;

    public RecordQuery Read(ParseResult parse)
    {
        var query = new RecordQuery
        {
            CheckId = parse.Text(_checkId) ?? "",
            PermitNumber = parse.Text(_permit) ?? "",
            Consumer = parse.Text(_consumer) ?? "",
            Reference = parse.Text(_reference) ?? "",
            From = parse.Beginning(_from),
            To = parse.End(_to),
        };
        if (query is { CheckId: "", PermitNumber: "" } && (query.From is null || query.To is null))
            throw new UsageException(Say("name --check-id or --permit, or else both --from and --to", "请指定 --check-id 或 --permit，否则须同时给出 --from 和 --to"));
        return query;
    }
}
