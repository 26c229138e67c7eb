using System.CommandLine;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl audit</c>: what was answered to whom, and whether the record of it is whole.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandRunner runner) => new("audit", Say("Reads and checks the audit log.", "读取和核验审计日志。"))
    {
        AuditKeyCommand.Create(runner),
        AuditShowCommand.Create(runner),
        AuditVerifyCommand.Create(runner),
        AuditExportCommand.Create(runner),
        AuditReplayCommand.Create(runner),
    };
}
