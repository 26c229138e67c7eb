namespace Verification.Audit.Verifying;

/// <summary>What was found in a log, and where.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">The file, or the row of a database.</param>
/// <param name="Segment">The segment, from 1.</param>
/// <param name="Block">The block's place in the log, from 1; null where it cannot be told.</param>
/// <param name="Offset">Where in the segment, in bytes.</param>
/// <param name="Detail">What is wrong, in words.</param>
public sealed record AuditFinding(FindingKind Kind, string Place, int Segment, long? Block, long Offset, string Detail)
{
    /// <summary>Whether the log is not as it was written, or cannot be told to be.</summary>
    public bool IsTampering => Kind <= FindingKind.UnknownKey;
}
