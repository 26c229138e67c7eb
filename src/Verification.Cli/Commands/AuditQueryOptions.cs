using System.CommandLine;
using Permits.Audit.V1;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary>Which records of the audit log a command is about.</summary>
internal sealed class AuditQueryOptions
{
    private readonly Option<string> _checkId = new("--check-id") { Description = "Exactly this answer, as its provenance names it.", HelpName = "ID" };
    private readonly Option<string> _permit = new("--permit") { Description = "Of this permit.", HelpName = "NUMBER" };
    private readonly Option<string> _consumer = new("--consumer") { Description = "Of what this consumer asked. Needs --from and --to, as --reference does.", HelpName = "NAME" };
    private readonly Option<string> _reference = new("--reference") { Description = "Of what was asked under this case number of the caller's own.", HelpName = "TEXT" };
    private readonly Option<string> _from = new("--from") { Description = "From this day in Beijing on, or from this instant.", HelpName = "YYYY-MM-DD" };
    private readonly Option<string> _to = new("--to") { Description = "To this day in Beijing, which belongs to it, or to this instant, which does not.", HelpName = "YYYY-MM-DD" };

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
            throw new UsageException("name --check-id or --permit, or else both --from and --to");
        return query;
    }
}
