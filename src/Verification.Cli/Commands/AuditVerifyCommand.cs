using System.CommandLine;
using Verification.Audit.Keys;
using Verification.Audit.Verifying;
using Verification.Cli.Input;
using Verification.Cli.Output;
using Verification.Cli.Shell;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit verify</c>: is the log as it was written?</summary>
internal sealed class AuditVerifyCommand
{
    private readonly Argument<string> _folder = new("FOLDER") { Description = "A node's audit folder, or an exported one. The node may be at work." };
    private readonly Option<string[]> _keys = AuditKeyOption.Create();

    private AuditVerifyCommand()
    {
    }

    public static Command Create(CommandRunner runner)
    {
        var verify = new AuditVerifyCommand();
        var command = new Command(
            "verify", "Checks an audit log by its files and public keys: finds any altered, missing, doubled or reordered block and says where. Asks no service.")
        {
            verify._folder, verify._keys,
        };
        runner.Register(command, verify.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.Parse.Text(_folder);
        var keys = new KeyRing(context.Parse.Keys(_keys));
        var logs = new AuditVerifier(keys).Verify(folder, cancellationToken);
        if (logs.IsEmpty)
            throw new UsageException("FOLDER holds no audit log");
        if (context.Json)
            context.Terminal.Output.WriteLine(VerificationJson.Of(logs).ToJsonString());
        else
            VerificationView.Write(context.Terminal.CreateOutputConsole(), logs);
        return Task.FromResult(VerificationView.ExitCodeOf(logs));
    }
}
