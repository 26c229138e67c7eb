using System.CommandLine;

namespace Verification.Cli.Commands;

/// <summary><c>permitctl registry</c>: what who runs the service does to the registry itself.</summary>
internal static class RegistryCommand
{
    public static Command Create(CommandRunner runner) =>
        new("registry", Say("Looks after the registry itself.", "维护登记系统本身。")) { BackupCommand.Create(runner), RestoredCommand.Create(runner), ConfirmClockCommand.Create(runner) };
}
