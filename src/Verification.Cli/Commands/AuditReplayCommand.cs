using System.CommandLine;
using Permits.Audit.V1;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit replay</c>: does every answer of the past still come out as it did?</summary>
internal sealed class AuditReplayCommand
{
    private readonly AuditQueryOptions _query = new();
    private readonly Option<string> _sample = new("--sample")
    {
        Description = Say("Ask one record in so many again, chosen at random. Default: all.", "每若干条随机抽取一条重查。默认全部。"),
        HelpName = "N",
    };

    private AuditReplayCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var replay = new AuditReplayCommand();
        var command = new Command(
            "replay", Say("Asks again what was asked, in the service, from the revision and under the rulebook of each record: every verdict must come out the same. Needs role audit.", "在服务端按每条记录的修订号和规则版本重新查询：每个结果都必须与当时相同。需要 audit 角色。"));
        replay._query.AddTo(command);
        command.Add(replay._sample);
        runner.Register(command, replay.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new ReplayRequest { Query = _query.Read(context.Parse), SampleOneIn = context.Parse.Count(_sample) ?? 0 };
        using var stop = context.TimeLimit(cancellationToken);
        using var call = context.Client.Audit.Replay(request, cancellationToken: stop.Token);
        var progress = new ReplayProgress(context.Terminal.Error, context.Terminal.ErrorIsTerminal, context.Json);
        ReplayResponse? whole = null;
        while (await call.ResponseStream.MoveNext(stop.Token))
        {
            if (call.ResponseStream.Current is { Complete: true } last)
                whole = last;
            else
                progress.Show(call.ResponseStream.Current);
        }
        progress.End();
        if (whole is null)
        {
            context.Errors.Write(Say("the service ended the replay without its result", "服务端结束了重查，但没有给出结果"));
            return ExitCode.CouldNotTell;
        }
        if (context.Json)
            JsonOutput.Write(context.Terminal.Output, whole);
        else
            ReplayView.Write(context.Terminal.CreateOutputConsole(), whole);
        return whole.Different > 0 ? ExitCode.NotIntact : ExitCode.Answered;
    }
}
