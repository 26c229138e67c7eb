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
        Description = Say("How many revisions to leave out: more than were made since the backup. Default: 1,000,000,000.", "要跳过的修订数：应多于备份之后产生的修订数。默认 1,000,000,000。"),
        HelpName = "REVISIONS",
    };
    private readonly Option<bool> _yes = new("--yes") { Description = Say("Do it without asking. Required where nobody can be asked.", "直接执行，不再询问；无法询问时必须给出。") };

    private RestoredCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var command = new RestoredCommand();
        var restored = new Command(
            "restored",
            Say("Marks the registry as restored from a backup: it gets a new id, by which every node drops what it knows, and its revisions go on beyond all that may have been handed out.", "标记登记系统已从备份恢复：换用新编号，各节点据此丢弃所知内容，修订号从所有可能用过的编号之后继续。"))
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
                Say("Every node drops what it knows. Do this after a backup was restored, and only then.\nWas a backup restored?", "各节点将丢弃所知内容。只应在恢复备份之后执行。\n是否已恢复备份？"),
                cancellationToken);
        }
        MarkRestoredResponse answer;
        try
        {
            answer = await context.Client.Registry.MarkRestoredAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (VerificationFault.From(exception).CouldNotTell)
        {
            context.Errors.Note(
                Say("it may have been done all the same; repeat the command: done twice, it only leaves out more revisions", "可能已经执行；可重复执行此命令，执行两次只会多跳过一些修订号"));
            throw;
        }
        if (context.Json)
            JsonOutput.Write(context.Terminal.Output, answer);
        else
            RestoredView.Write(context.Terminal.CreateOutputConsole(), answer);
        return ExitCode.Answered;
    }
}
