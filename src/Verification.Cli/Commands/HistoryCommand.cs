using System.CommandLine;
using Permits.Registry.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl history</c>: what the registry holds about a permit.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommandRunner runner)
    {
        var number = PermitNumberArgument.Create();
        var atRevision = new Option<string>("--at-revision")
        {
            Description = Say("Answer as the registry stood at this revision.", "按登记系统在此修订号时的状态答复。"),
            HelpName = "REVISION",
        };
        var command = new Command("history", Say("Lists the events that the registry holds about a permit.", "列出登记系统中某证件的全部事项。")) { number, atRevision };
        runner.Register(command, async (context, cancellationToken) =>
        {
            var request = new GetPermitRequest { PermitNumber = context.Parse.Text(number) };
            if (context.Parse.Revision(atRevision) is { } revision)
                request.Revision = revision;
            var answer = await context.Client.Registry.GetPermitAsync(request, cancellationToken: cancellationToken);
            if (context.Json)
                JsonOutput.Write(context.Terminal.Output, answer);
            else
                HistoryView.Write(context.Terminal.CreateOutputConsole(), answer);
            return ExitCode.Answered;
        });
        return command;
    }
}
