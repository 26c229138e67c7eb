using System.CommandLine;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit</c>: what was answered to whom, and whether the record of it is whole.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandRunner runner) => new("audit", "Reads and checks the audit log.")
    {
        AuditKeyCommand.Create(runner),
        AuditShowCommand.Create(runner),
        AuditVerifyCommand.Create(runner),
        AuditExportCommand.Create(runner),
        AuditReplayCommand.Create(runner),
    };
}
