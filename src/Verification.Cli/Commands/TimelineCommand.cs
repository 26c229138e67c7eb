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
            Description = "Answer as the registry stood at this revision.",
            HelpName = "REVISION",
        };
        var rulebook = RulebookOption.Create();
        var subject = new SubjectOptions();
        var command = new Command("timeline", "Shows how a permit's standing changed and, if nothing further is recorded, will change.")
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
