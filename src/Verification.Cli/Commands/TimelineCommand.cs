using System.CommandLine;
using Permits.Verification.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl timeline</c>: how a permit's standing changed and will change.</summary>
internal static class TimelineCommand
{
    public static Command Create(CommandRunner runner)
    {
        var number = PermitNumberArgument.Create();
        var knownAt = new Option<string>("--known-at")
        {
            Description = Say("Answer as the registry stood at this revision.", "按登记系统在此修订号时的状态答复。"),
            HelpName = "REVISION",
        };
        var rulebook = RulebookOption.Create();
        var subject = new SubjectOptions();
        var command = new Command("timeline", Say("Shows how a permit's standing changed and, if nothing further is recorded, will change.", "显示证件状态过去的变化，以及不再登记新事项时将来的变化。"))
        {
            number, knownAt, rulebook,
        };
        subject.AddTo(command);
        runner.Register(command, async (context, cancellationToken) =>
        {
            var request = new GetTimelineRequest
            {
                PermitNumber = context.Parse.Text(number),
                RulebookVersion = context.Parse.Text(rulebook) ?? "",
                Subject = subject.Read(context.Parse),
            };
            if (context.Parse.Revision(knownAt) is { } revision)
                request.KnownAtRevision = revision;
            var answer = await context.Client.Verification.GetTimelineAsync(request, cancellationToken: cancellationToken);
            if (context.Json)
                JsonOutput.Write(context.Terminal.Output, answer);
            else
                TimelineView.Write(context.Terminal.CreateOutputConsole(), answer);
            return ExitCode.Answered;
        });
        return command;
    }
}
