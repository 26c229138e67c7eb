using System.CommandLine;
using Permits.Audit.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit show</c>: what was answered to whom.</summary>
internal sealed class AuditShowCommand
{
    private const int UsualLimit = 100;

    private readonly AuditQueryOptions _query = new();
    private readonly Option<bool> _csv = new("--csv") { Description = Say("Print one line of values for each record, for a spreadsheet.", "每条记录输出一行，供电子表格使用。") };
    private readonly Option<string> _limit = new("--limit")
    {
        Description = Say($"Show so many records at most. Default: {UsualLimit}; all of them with --json or --csv.", $"最多显示的记录数。默认 {UsualLimit}；使用 --json 或 --csv 时为全部。"),
        HelpName = "N",
    };

    private AuditShowCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var show = new AuditShowCommand();
        var command = new Command("show", Say("Finds records of the audit log: what was asked by whom, and what was answered. Needs role audit.", "查找审计记录：谁查询了什么、得到什么答复。需要 audit 角色。"));
        show._query.AddTo(command);
        command.Add(show._csv);
        command.Add(show._limit);
        runner.Register(command, show.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var csv = context.Parse.GetValue(_csv);
        if (csv && context.Json)
            throw new UsageException(Say("--csv and --json exclude each other", "--csv 与 --json 不能同时使用"));
        var request = new StreamRecordsRequest { Query = _query.Read(context.Parse) };
        var limit = context.Parse.Count(_limit) ?? (csv || context.Json ? int.MaxValue : UsualLimit);
        IRecordOutput output = context.Json ? new RecordJson(context.Terminal.Output)
            : csv ? new RecordCsv(context.Terminal.Output)
            : _query.NamesOne(context.Parse) ? new RecordDetails(context.Terminal.CreateOutputConsole())
            : new RecordTable(context.Terminal.CreateOutputConsole());

        using var stop = context.TimeLimit(cancellationToken);
        using var call = context.Client.Audit.StreamRecords(request, cancellationToken: stop.Token);
        var shown = 0;
        while (await call.ResponseStream.MoveNext(stop.Token))
        {
            foreach (var record in call.ResponseStream.Current.Records)
            {
                if (shown == limit)
                {
                    output.End();
                    context.Errors.Note(Say("there are more; --limit shows more, --csv and --json all of them", "还有更多记录；--limit 可多显示，--csv 和 --json 显示全部"));
                    return ExitCode.Answered;
                }
                output.Add(record);
                shown++;
            }
        }
        output.End();
        if (shown == 0)
            context.Errors.Note(Say("no record fits; what was answered in the last seconds may not be there yet", "没有符合的记录；最近几秒的答复可能尚未收录"));
        return ExitCode.Answered;
    }
}
