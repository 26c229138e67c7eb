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
    private readonly Argument<string> _destination = new("DESTINATION") { Description = "The folder to fill; it must be empty, or not there." };
    private readonly Option<string> _folder = new("--folder") { Description = "A node's audit folder. The node may be at work.", HelpName = "FOLDER" };
    private readonly Option<string> _database = AuditDatabaseOption.Create();
    private readonly Option<string[]> _keys = AuditKeyOption.Create();
    private readonly Option<string> _log = new("--log") { Description = "This log alone, of those that there are.", HelpName = "ID" };

    private AuditExportCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var export = new AuditExportCommand();
        var command = new Command(
            "export",
            "Copies audit logs for an examiner, from a folder or the database: the segments with their signed heads, the public keys and a manifest; and verifies the copy. Asks no service.")
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
            new ErrorOutput(context.Terminal.Error).Write(away.Message);
            return ExitCode.CouldNotTell;
        }
        if (!isAny)
            throw new UsageException(log is null ? "there is no audit log" : "there is no audit log of this id");
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
        await using var database = context.Database(_database) ?? throw new UsageException("name a --folder or a --database");
        await foreach (var segment in database.ReadSegmentsAsync(log, cancellationToken))
            yield return new ExportedFile(segment.FolderName, segment.FileName, segment.Bytes);
    }

    private static Guid? LogOf(string? id) => id is null ? null
        : Guid.TryParseExact(id, "N", out var log) ? log
        : throw new UsageException("--log must be the id of a log, 32 hexadecimal digits");
}
