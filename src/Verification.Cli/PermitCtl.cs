using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Verification.Cli.Commands;
using Verification.Cli.Completion;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli;

/// <summary>The whole command line, free of the process around it.</summary>
internal static class PermitCtl
{
    // No response files (@name) and no bundles (-ab): an argument means what it says.
    private static readonly ParserConfiguration Syntax = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs one command and answers an <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        Languages.Set(args, terminal);
        var options = new GlobalOptions();
        var parse = CreateRoot(terminal, options).Parse(args, Syntax);
        var isRefused = parse.Action is ParseErrorAction;
        if (isRefused && parse.UnmatchedTokens.Count == 0 && parse.CommandResult.Command.Subcommands.Count > 0 && !options.Json(parse))
        {
            // Nothing was asked, so nothing was answered either.
            await InvokeAsync(CreateRoot(terminal, options).Parse([.. args, "--help"], Syntax), terminal, cancellationToken);
            return ExitCode.BadInput;
        }
        if ((isRefused || parse.Action == parse.CommandResult.Command.Action) && SyntaxErrors.Describe(parse, args) is { Count: > 0 } problems)
        {
            ErrorOutput.Of(terminal.Error, options.Json(parse)).WriteUsage(problems, SyntaxErrors.HelpCommand(parse));
            return ExitCode.BadInput;
        }
        return await InvokeAsync(parse, terminal, cancellationToken);
    }

    private static async Task<int> InvokeAsync(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parse.InvokeAsync(invocation, cancellationToken);
        }
        catch (OutputLostException lost)
        {
            ErrorOutput.Of(terminal.Error, json: false).Write(lost.Message);
            return ExitCode.CouldNotTell;
        }
    }

    private static RootCommand CreateRoot(Terminal terminal, GlobalOptions options)
    {
        var root = new RootCommand(Say(
            "Asks and feeds the permit verification service. Exit codes: 0 answered, 1 refused, 2 rejects or not intact, 3 could not tell.",
            "查询和登记居住证件核验服务。退出码：0 已答复，1 被拒绝，2 有拒收或不完整，3 无法确定。"));
        // The parser's directives ([diagram] and the like) would print the command line.
        root.Directives.Clear();
        // The parser has no Chinese for its own.
        foreach (var option in root.Options)
        {
            option.Description = option is HelpOption ? Say("Show help and usage information.", "显示帮助和用法。")
                : option is VersionOption ? Say("Show version information.", "显示版本。")
                : option.Description;
        }
        options.AddTo(root);
        var run = new CommandRunner(terminal, options);
        root.Add(VerifyCommand.Create(run));
        root.Add(TimelineCommand.Create(run));
        root.Add(ProceduresCommand.Create(run));
        root.Add(HistoryCommand.Create(run));
        root.Add(RecordCommand.Create(run));
        root.Add(ImportCommand.Create(run));
        root.Add(RulebookCommand.Create(run));
        root.Add(WhoAmICommand.Create(run));
        root.Add(HealthCommand.Create(run));
        root.Add(DoctorCommand.Create(run));
        root.Add(RegistryCommand.Create(run));
        root.Add(ConsumerCommand.Create(run));
        root.Add(AuditCommand.Create(run));
        root.Add(ContextCommand.Create(run));
        root.Add(CompletionCommand.Create(run));
        root.Add(CompletionCommand.CreateAnswer(run, line => Completions.For(root, Syntax, line)));
        return root;
    }
}
