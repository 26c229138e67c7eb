using System.CommandLine;
using Grpc.Core;
using Verification.Cli.Import;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl import</c>: loads a registry file.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The registry file: NDJSON in UTF-8, one event a line. - reads the standard input.",
    };
    private readonly Option<string> _rejects = new("--rejects")
    {
        Description = "Write the rejected lines' numbers, codes and details to this file, as NDJSON.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _again = new("--again")
    {
        Description = "Try every line of a file that was imported before: what was rejected may be admissible by now.",
    };

    private ImportCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var import = new ImportCommand();
        var command = new Command(
            "import",
            "Loads a registry file; what is recorded already is passed over. Interrupted, the same command resumes where it stopped.")
        {
            import._file, import._rejects, import._again,
        };
        runner.Register(command, import.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var terminal = context.Terminal;
        var rejectsPath = context.Parse.Text(_rejects);
        await using var file = await ImportFile.OpenAsync(context.Parse.Text(_file), terminal.Input, FileForm.RegistryFile, cancellationToken);
        // The file stays open, so a rejects file of the same name cannot be opened over it.
        await using var rejects = RejectsFile.Create(rejectsPath);
        var again = context.Parse.GetValue(_again);
        var importId = again ? file.IdAt(terminal.Time.GetUtcNow()) : file.Id;
        var totals = new ImportTotals(terminal.Time);
        var notes = new ImportNotes(new ErrorOutput(terminal.Error));
        try
        {
            await terminal.CreateProgress(file.Lines, "lines").ShowAsync(report =>
                LoadAsync(context, importId, file, rejects, totals, () => report(totals.LinesRead, ProgressText.Of(totals)), cancellationToken));
        }
        catch (RpcException exception) when (VerificationFault.From(exception).CouldNotTell)
        {
            notes.WriteStop(totals, again);
            throw;
        }
        if (context.Json)
            JsonOutput.Write(terminal.Output, totals);
        else
            ImportView.Write(terminal.CreateOutputConsole(), totals);
        notes.WriteEnd(totals);
        return totals.Rejects > 0 ? ExitCode.Rejects : ExitCode.Answered;
    }

    private static async Task LoadAsync(
        CommandContext context, string importId, ImportFile file, RejectsFile rejects, ImportTotals totals, Action report,
        CancellationToken cancellationToken)
    {
        using var time = context.Timeout is { } timeout ? new CancellationTokenSource(timeout, context.Terminal.Time) : new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        await foreach (var message in context.Client.ImportAsync(importId, file.Content, stop.Token))
        {
            totals.Add(message);
            await rejects.WriteAsync(message.Rejects, cancellationToken);
            report();
        }
    }
}
