using System.CommandLine;
using Verification.Audit.Reading;
using Verification.Audit.Storing;
using Verification.Cli.Export;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit export</c>: the log for an examiner who has only the documented format.</summary>
internal sealed class AuditExportCommand
{
    private readonly Argument<string> _destination = new("DESTINATION") { Description = Say("The folder to fill; it must be empty, or not there.", "写入的目录；必须为空或尚不存在。") };
    private readonly Option<string> _folder = new("--folder") { Description = Say("A node's audit folder. The node may be at work.", "节点的审计目录；节点可以正在运行。"), HelpName = "FOLDER" };
    private readonly Option<string> _database = AuditDatabaseOption.Create();
    private readonly Option<string[]> _keys = AuditKeyOption.Create();
    private readonly Option<string> _log = new("--log") { Description = Say("This log alone, of those that there are.", "只导出这一份日志。"), HelpName = "ID" };

    private AuditExportCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var export = new AuditExportCommand();
        var command = new Command(
            "export",
            Say("Copies audit logs for an examiner, from a folder or the database: the segments with their signed heads, the public keys and a manifest; and verifies the copy. Asks no service.", "从目录或数据库为审查人员导出审计日志：各段及其签名、公钥和清单，并核验副本。不访问服务。"))
        {
            export._destination, export._folder, export._database, export._keys, export._log,
        };
        runner.Register(command, export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var keys = context.Parse.Keys(_keys);
        var log = LogOf(context.Parse.Text(_log));
        var export = AuditExport.Into(context.Parse.Text(_destination));
        var isAny = false;
        try
        {
            await foreach (var file in FindAsync(context, log, cancellationToken))
            {
                export.Add(file);
                isAny = true;
            }
        }
        catch (AuditDatabaseException away)
        {
            context.Errors.Write(away.Message);
            return ExitCode.CouldNotTell;
        }
        if (!isAny)
            throw new UsageException(Say(log is null ? Say("there is no audit log", "没有审计日志") : "there is no audit log of this id", log is null ? "没有审计日志" : "没有这个编号的审计日志"));
        var verification = export.End(keys, context.Terminal.Time.GetUtcNow(), cancellationToken);
        if (context.Json)
            context.Terminal.Output.WriteLine(VerificationJson.Of(verification).ToJsonString());
        else
            VerificationView.Write(context.Terminal.CreateOutputConsole(), verification);
        return verification.ExitCode;
    }

    private async IAsyncEnumerable<ExportedFile> FindAsync(
        CommandContext context, Guid? log, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (context.Parse.Text(_folder) is { } folder)
        {
            foreach (var file in AuditFolder.Logs(folder).Where(it => log is null || it.LogId == log).SelectMany(ExportedFile.Of))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return file;
            }
            yield break;
        }
        await using var database = context.Database(_database) ?? throw new UsageException(Say("name a --folder or a --database", "请指定 --folder 或 --database"));
        await foreach (var segment in database.ReadSegmentsAsync(log, cancellationToken))
            yield return new ExportedFile(segment.FolderName, segment.FileName, segment.Bytes);
    }

    private static Guid? LogOf(string? id) => id is null ? null
        : Guid.TryParseExact(id, "N", out var log) ? log
        : throw new UsageException(Say("--log must be the id of a log, 32 hexadecimal digits", "--log 必须是日志编号：32 位十六进制数字"));
}
