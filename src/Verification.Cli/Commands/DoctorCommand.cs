using System.CommandLine;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl doctor</c>: what is configured, what answers, and how fresh it is.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("doctor", Say(
            "Says what is configured here, whether the service answers, whom it takes you for, and with the role operate how the node is. Exit code 0 where all is well, 3 where something should be looked at.",
            "说明本机的配置、服务是否应答、服务把您识别为谁；有 operate 角色时还说明节点的状态。一切正常时退出码为 0；有需要查看之处时为 3。"));
        runner.Register(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var diagnosis = await Diagnosis.MakeAsync(context, cancellationToken);
        var problems = diagnosis.Problems().ToArray();
        if (context.Json)
            DoctorJson.Write(context.Terminal.Output, context.Connection, diagnosis.Health, diagnosis.Caller, diagnosis.Node, problems);
        else
            DoctorView.Write(context.Terminal.CreateOutputConsole(), context.Connection, diagnosis.Health, diagnosis.Caller, diagnosis.Node, problems);
        return problems.Length == 0 ? ExitCode.Answered : ExitCode.CouldNotTell;
    }
}
