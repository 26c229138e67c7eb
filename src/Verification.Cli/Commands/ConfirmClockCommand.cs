using System.CommandLine;
using Permits.Registry.V1;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl registry confirm-clock</c>: notes that the clock was checked.</summary>
internal sealed class ConfirmClockCommand
{
    private readonly Option<bool> _yes = new("--yes") { Description = Say("Do it without asking. Required where nobody can be asked.", "直接执行，不再询问；无法询问时必须给出。") };

    private ConfirmClockCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var command = new ConfirmClockCommand();
        var confirm = new Command(
            "confirm-clock",
            Say("Notes that the clock was checked, after an event was recorded under one that ran ahead: only newer events say which times are too early.", "时钟快了时曾登记过事项，现确认时钟已校准：此后只以更新的事项判断时间是否过早。"))
        {
            command._yes,
        };
        runner.Register(confirm, command.RunAsync);
        return confirm;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.Parse.GetValue(_yes))
        {
            await Confirmation.AskAsync(
                context.Terminal,
                "registry confirm-clock",
                Say("When the events so far were recorded says nothing of the clock any more.\nAre the clocks of the nodes and of the registry right?", "此前各事项的登记时间将不再用来判断时钟。\n各节点和登记系统的时钟都正确吗？"),
                cancellationToken);
        }
        var answer = await context.Client.Registry.ConfirmClockAsync(new ConfirmClockRequest(), cancellationToken: cancellationToken);
        if (context.Json)
            JsonOutput.Write(context.Terminal.Output, answer);
        else
            ConfirmedClockView.Write(context.Terminal.CreateOutputConsole(), answer);
        return ExitCode.Answered;
    }
}
