using System.CommandLine;
using Permits.Verification.V1;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl whoami</c>: whom the service takes the user for, what they may do and what is left of it.</summary>
internal static class WhoAmICommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("whoami", Say(
            "Says whom the service takes you for, what you may do and see, and what is left of your limits.",
            "显示服务识别出的身份、可做和可查的内容以及剩余限额。"));
        runner.Register(command, async (context, cancellationToken) =>
        {
            var answer = await context.Client.Verification.GetCallerAsync(new GetCallerRequest(), cancellationToken: cancellationToken);
            if (context.Json)
                JsonOutput.Write(context.Terminal.Output, answer);
            else
                CallerView.Write(context.Terminal.CreateOutputConsole(), answer, context.Connection);
            return ExitCode.Answered;
        });
        return command;
    }
}
