using System.CommandLine;
using Grpc.Core;
using Permits.Registry.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl registry restored</c>: marks the registry as restored from a backup.</summary>
internal sealed class RestoredCommand
{
    private readonly Option<string> _jump = new("--jump")
    {
        Description = "How many revisions to leave out: more than were made since the backup. Default: 1,000,000,000.",
        HelpName = "REVISIONS",
    };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it without asking. Required where nobody can be asked." };

    private RestoredCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var command = new RestoredCommand();
        var restored = new Command(
            "restored",
            "Marks the registry as restored from a backup: it gets a new id, by which every node drops what it knows, and its revisions go on beyond all that may have been handed out.")
        {
            command._jump,
            command._yes,
        };
        runner.Register(restored, command.RunAsync);
        return restored;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new MarkRestoredRequest();
        if (context.Parse.Jump(_jump) is { } jump)
            request.Jump = jump;
        if (!context.Parse.GetValue(_yes))
        {
            await Confirmation.AskAsync(
                context.Terminal,
                "registry restored",
                "Every node drops what it knows. Do this after a backup was restored, and only then.\nWas a backup restored?",
                cancellationToken);
        }
        MarkRestoredResponse answer;
        try
        {
            answer = await context.Client.Registry.MarkRestoredAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (VerificationFault.From(exception).CouldNotTell)
        {
            new ErrorOutput(context.Terminal.Error).Note(
                "it may have been done all the same; repeat the command: done twice, it only leaves out more revisions");
            throw;
        }
        if (context.Json)
            JsonOutput.Write(context.Terminal.Output, answer);
        else
            RestoredView.Write(context.Terminal.CreateOutputConsole(), answer);
        return ExitCode.Answered;
    }
}
