using System.CommandLine;
using Permits.Verification.V1;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl rulebook</c>: the rules that verdicts are decided under.</summary>
internal static class RulebookCommand
{
    public static Command Create(CommandRunner runner)
    {
        var version = new Argument<string?>("VERSION")
        {
            Description = Say("The version, as an answer names it. Default: today's.", "规则版本，如答复中所示。默认取今日使用的版本。"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("rulebook", Say(
            "Shows the rules that verdicts are decided under: terms, windows, the entitlement table, remedies and procedures, each with its source.",
            "显示判定所依据的规则：期限、办理时间、待遇表、处理办法和办理事项，均注明出处。"))
        {
            version,
        };
        runner.Register(command, async (context, cancellationToken) =>
        {
            var named = context.Parse.GetValue(version);
            if (named is not null && string.IsNullOrWhiteSpace(named))
                throw new UsageException(Say("VERSION is empty", "VERSION 不能为空"));
            var request = new GetRulebookRequest { Version = named ?? "" };
            var answer = await context.Client.Verification.GetRulebookAsync(request, cancellationToken: cancellationToken);
            if (context.Json)
                JsonOutput.Write(context.Terminal.Output, answer);
            else
                RulebookView.Write(context.Terminal.CreateOutputConsole(), answer.Rulebook);
            return ExitCode.Answered;
        });
        return command;
    }
}
