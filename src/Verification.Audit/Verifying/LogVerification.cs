using System.Collections.Immutable;
using Verification.Audit.Reading;

namespace Verification.Audit.Verifying;

/// <summary>What verifying found of one log.</summary>
/// <param name="Log">The log.</param>
/// <param name="Blocks">How many blocks heads cover, deleted segments aside.</param>
/// <param name="Records">How many records these hold.</param>
/// <param name="Last">The last block under a head; null where there is none.</param>
/// <param name="IsClosed">Whether the node that wrote it last stopped in order, so that nothing can be missing at the end. Otherwise the log is open-ended.</param>
/// <param name="Findings">What was found, in order.</param>
public sealed record LogVerification(
    AuditLogFiles Log, long Blocks, long Records, AuditBlock? Last, bool IsClosed, ImmutableArray<AuditFinding> Findings)
{
    /// <summary>Whether everything under a head is as it was written.</summary>
    public bool IsIntact => !Findings.Any(finding => finding.IsTampering);
}
