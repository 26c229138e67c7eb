using System.Collections.Immutable;
using System.CommandLine;
using Verification.Audit.Reading;
using Verification.Cli.Export;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit export</c>: the log for an examiner who has only the documented format.</summary>
internal sealed class AuditExportCommand
{
    private readonly Argument<string> _folder = new("FOLDER") { Description = "A node's audit folder. The node may be at work." };
    private readonly Argument<string> _destination = new("DESTINATION") { Description = "The folder to fill; it must be empty, or not there." };
    private readonly Option<string[]> _keys = AuditKeyOption.Create();
    private readonly Option<string> _log = new("--log") { Description = "This log alone, of those in the folder.", HelpName = "ID" };

    private AuditExportCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var export = new AuditExportCommand();
        var command = new Command(
            "export", "Copies an audit log for an examiner: the segments with their signed heads, the public keys and a manifest; and verifies the copy. Asks no service.")
        {
            export._folder, export._destination, export._keys, export._log,
        };
        runner.Register(command, export.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var logs = FindLogs(context.Parse);
        var keys = context.Parse.Keys(_keys);
        var verified = new AuditExport(context.Parse.Text(_destination)).Run(logs, keys, context.Terminal.Time.GetUtcNow(), cancellationToken);
        if (context.Json)
            context.Terminal.Output.WriteLine(VerificationJson.Of(verified).ToJsonString());
        else
            VerificationView.Write(context.Terminal.CreateOutputConsole(), verified);
        return Task.FromResult(VerificationView.ExitCodeOf(verified));
    }

    private ImmutableArray<AuditLogFiles> FindLogs(ParseResult parse)
    {
        var logs = AuditFolder.Logs(parse.Text(_folder));
        if (parse.Text(_log) is not { } id)
            return logs.IsEmpty ? throw new UsageException("FOLDER holds no audit log") : logs;
        logs = [.. logs.Where(log => Guid.TryParseExact(id, "N", out var asked) && log.LogId == asked)];
        return logs.IsEmpty ? throw new UsageException("--log must be the id of a log in FOLDER, 32 hexadecimal digits") : logs;
    }
}
