using System.CommandLine;
using Permits.Registry.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl procedures</c>: what may be filed for a permit, by whom, where and with what.</summary>
internal static class ProceduresCommand
{
    public static Command Create(CommandRunner runner)
    {
        var number = PermitNumberArgument.Create();
        var asOf = new Option<string>("--as-of")
        {
            Description = Say("The date of filing. Default: today in Beijing.", "办理日期。默认北京时间今天。"),
            HelpName = "YYYY-MM-DD",
        };
        var knownAt = new Option<string>("--known-at")
        {
            Description = Say("Answer as the registry stood at this revision.", "按登记系统在此修订号时的状态答复。"),
            HelpName = "REVISION",
        };
        var command = new Command("procedures", Say("Shows what may be filed for a permit on a date, by whom, where and with what papers.", "显示某日可为证件办理哪些事项、由谁、在何处、需要哪些材料。"))
        {
            number, asOf, knownAt,
        };
        runner.Register(command, async (context, cancellationToken) =>
        {
            var request = new GetProceduresRequest { PermitNumber = context.Parse.Text(number), AsOf = context.Parse.Date(asOf) };
            if (context.Parse.Revision(knownAt) is { } revision)
                request.KnownAtRevision = revision;
            var answer = await context.Client.Registry.GetProceduresAsync(request, cancellationToken: cancellationToken);
            if (context.Json)
                JsonOutput.Write(context.Terminal.Output, answer);
            else
                ProceduresView.Write(context.Terminal.CreateOutputConsole(), answer);
            return ExitCode.Answered;
        });
        return command;
    }
}
