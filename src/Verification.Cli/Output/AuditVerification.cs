using System.Collections.Immutable;
using Verification.Audit.Verifying;

namespace Verification.Cli.Output;

/// <summary>All that a verification found.</summary>
/// <param name="Logs">Each log, in files and database.</param>
/// <param name="Differences">What files and database do not have alike; empty where only one was verified.</param>
internal sealed record AuditVerification(ImmutableArray<VerifiedLog> Logs, ImmutableArray<AuditFinding> Differences)
{
    public bool IsIntact => Logs.All(log => log.IsIntact) && Differences.IsEmpty;

    /// <summary>What a script learns: with a key that is not known nobody can tell.</summary>
    public int ExitCode => IsIntact ? Shell.ExitCode.Answered
        : Differences.IsEmpty && Logs.All(log => log.IsIntact || log.CannotBeTold) ? Shell.ExitCode.CouldNotTell
        : Shell.ExitCode.NotIntact;

    public static AuditVerification OfFiles(ImmutableArray<LogVerification> logs) => new([.. logs.Select(VerifiedLog.Of)], []);
}
