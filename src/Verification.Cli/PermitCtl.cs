using System.CommandLine;
using System.CommandLine.Invocation;
using Verification.Cli.Commands;
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
        var parse = CreateRoot(terminal).Parse(args, Syntax);
        var isRefused = parse.Action is ParseErrorAction;
        if (isRefused && parse.UnmatchedTokens.Count == 0 && parse.CommandResult.Command.Subcommands.Count > 0)
        {
            // Nothing was asked, so nothing was answered either.
            await InvokeAsync(CreateRoot(terminal).Parse([.. args, "--help"], Syntax), terminal, cancellationToken);
            return ExitCode.BadInput;
        }
        if ((isRefused || parse.Action == parse.CommandResult.Command.Action) && SyntaxErrors.Describe(parse, args) is { Count: > 0 } problems)
        {
            foreach (var problem in problems)
                await terminal.Error.WriteLineAsync($"error: {problem}");
            await terminal.Error.WriteLineAsync($"See: {SyntaxErrors.HelpCommand(parse)}");
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
            new ErrorOutput(terminal.Error).Write(lost.Message);
            return ExitCode.CouldNotTell;
        }
    }

    private static RootCommand CreateRoot(Terminal terminal)
    {
        var root = new RootCommand("Asks and feeds the permit verification service.");
        // The parser's directives ([diagram] and the like) would print the command line.
        root.Directives.Clear();
        var options = new GlobalOptions();
        options.AddTo(root);
        var run = new CommandRunner(terminal, options);
        root.Add(VerifyCommand.Create(run));
        root.Add(TimelineCommand.Create(run));
        root.Add(ProceduresCommand.Create(run));
        root.Add(HistoryCommand.Create(run));
        root.Add(RecordCommand.Create(run));
        root.Add(ImportCommand.Create(run));
        root.Add(RegistryCommand.Create(run));
        root.Add(ConsumerCommand.Create(run));
        root.Add(AuditCommand.Create(run));
        return root;
    }
}
