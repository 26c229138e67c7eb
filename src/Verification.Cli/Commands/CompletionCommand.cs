using System.CommandLine;
using Verification.Cli.Completion;
using Verification.Cli.Input;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl completion</c>: the script by which a shell completes permitctl's words, and what that script asks.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandRunner runner)
    {
        var shells = string.Join(", ", CompletionScripts.Shells);
        var shell = new Argument<string>("SHELL") { Description = Say($"One of: {shells}.", $"下列之一：{shells}。") }.Offering(CompletionScripts.Shells);
        var command = new Command("completion", Say(
            "Prints the script by which a shell completes commands, options and codes; its first line says where it belongs.",
            "输出命令行补全脚本，可补全命令、选项和代码；脚本首行说明放在何处。"))
        {
            shell,
        };
        runner.Register(command, (context, _) =>
        {
            var script = CompletionScripts.Find(context.Parse.Text(shell))
                ?? throw new UsageException(OptionValues.OneOf(shell.Name, CompletionScripts.Shells));
            context.Terminal.Output.Write(script);
            return Task.FromResult(ExitCode.Answered);
        });
        return command;
    }

    /// <summary>What the scripts ask: reads the line typed so far and prints the words that may follow.</summary>
    public static Command CreateAnswer(CommandRunner runner, Func<string, IEnumerable<string>> complete)
    {
        var command = new Command("complete") { Hidden = true };
        runner.Register(command, async (context, cancellationToken) =>
        {
            using var reader = new StreamReader(context.Terminal.Input, leaveOpen: true);
            var line = (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\r', '\n');
            foreach (var word in complete(line))
                context.Terminal.Output.WriteLine(word);
            return ExitCode.Answered;
        });
        return command;
    }
}
