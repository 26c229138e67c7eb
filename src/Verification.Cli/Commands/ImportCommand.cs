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
        Description = Say("The registry file: NDJSON in UTF-8, one event a line. - reads the standard input.", "登记文件：UTF-8 的 NDJSON，每行一个事项。- 表示标准输入。"),
    };
    private readonly Option<string> _rejects = new("--rejects")
    {
        Description = Say("Write the rejected lines' numbers, codes and details to this file, as NDJSON.", "把拒收的行号、代码和说明以 NDJSON 写入此文件。"),
        HelpName = "FILE",
    };
    private readonly Option<bool> _again = new("--again")
    {
        Description = Say("Try every line of a file that was imported before: what was rejected may be admissible by now.", "重新处理以前导入过的文件的每一行：当时拒收的现在可能可以受理。"),
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = Say(
            "Only judge the file, as an import would against the registry as it stands: the whole report, and nothing stored.",
            "只检查文件：按登记系统当前状态给出与导入相同的完整报告，不存储任何内容。"),
    };

    private ImportCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var import = new ImportCommand();
        var command = new Command(
            "import",
            Say("Loads a registry file; what is recorded already is passed over. Interrupted, the same command resumes where it stopped.", "导入登记文件；已登记的内容略过。中断后执行同一命令会从中断处继续。"))
        {
            import._file, import._check, import._rejects, import._again,
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
        var (again, isCheck) = (context.Parse.GetValue(_again), context.Parse.GetValue(_check));
        if (again && isCheck)
            throw new UsageException(Say("--again and --check exclude each other", "--again 与 --check 不能同时使用"));
        var importId = isCheck ? null : again ? file.IdAt(terminal.Time.GetUtcNow()) : file.Id;
        var totals = new ImportTotals(terminal.Time);
        var notes = new ImportNotes(context.Errors);
        try
        {
            await context.CreateProgress(file.Lines, Say("lines", "行")).ShowAsync(report =>
                LoadAsync(context, importId, file, rejects, totals, () => report(totals.LinesRead, ProgressText.Of(totals)), cancellationToken));
        }
        catch (RpcException exception) when (isCheck)
        {
            notes.WriteStopOfCheck(VerificationFault.From(exception));
            throw;
        }
        catch (RpcException exception) when (VerificationFault.From(exception).CouldNotTell)
        {
            notes.WriteStop(totals, again);
            throw;
        }
        if (context.Json)
            JsonOutput.Write(terminal.Output, totals, isCheck);
        else
            ImportView.Write(terminal.CreateOutputConsole(), totals, isCheck);
        notes.WriteEnd(totals);
        return totals.Rejects > 0 ? ExitCode.Rejects : ExitCode.Answered;
    }

    private static async Task LoadAsync(
        CommandContext context, string? importId, ImportFile file, RejectsFile rejects, ImportTotals totals, Action report,
        CancellationToken cancellationToken)
    {
        using var time = context.Timeout is { } timeout ? new CancellationTokenSource(timeout, context.Terminal.Time) : new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var messages = importId is null
            ? context.Client.CheckImportAsync(file.Content, stop.Token)
            : context.Client.ImportAsync(importId, file.Content, stop.Token);
        await foreach (var message in messages)
        {
            totals.Add(message);
            await rejects.WriteAsync(message.Rejects, cancellationToken);
            report();
        }
    }
}
