using System.Collections.Immutable;
using Verification.Audit.Verifying;

namespace Verification.Audit.Storing.Checking;

/// <summary>What verifying found of one log's copy in the audit database.</summary>
/// <param name="Log">The log's number there.</param>
/// <param name="LogId">Its id.</param>
/// <param name="Blocks">How many blocks are there, deleted segments aside.</param>
/// <param name="Records">How many records these hold.</param>
/// <param name="IsClosed">Whether it ends where a node stopped in order. Otherwise blocks may be missing at its end, which the files tell.</param>
/// <param name="Findings">What was found, in order; the place names table and row.</param>
public sealed record DatabaseVerification(int Log, Guid LogId, long Blocks, long Records, bool IsClosed, ImmutableArray<AuditFinding> Findings)
{
    /// <summary>Whether everything there is as it was written.</summary>
    public bool IsIntact => !Findings.Any(finding => finding.IsTampering);
}
