using System.Collections.Immutable;
using Verification.Audit.Storing.Checking;
using Verification.Audit.Verifying;

namespace Verification.Cli.Output;

/// <summary>What verifying found of one log, in its files or in the audit database.</summary>
/// <param name="Place">Where it was verified.</param>
/// <param name="LogId">Its id.</param>
/// <param name="Blocks">How many blocks are under a signed head.</param>
/// <param name="Records">How many records these hold.</param>
/// <param name="IsClosed">Whether the node that wrote it stopped in order.</param>
/// <param name="Findings">What was found.</param>
internal sealed record VerifiedLog(
    string Place, string LogId, long Blocks, long Records, bool IsClosed, ImmutableArray<AuditFinding> Findings)
{
    public bool IsIntact => !Findings.Any(finding => finding.IsTampering);

    /// <summary>Whether all that is wrong is that keys are missing: then nobody can tell.</summary>
    public bool CannotBeTold => !IsIntact && Findings.Where(finding => finding.IsTampering).All(finding => finding.Kind == FindingKind.UnknownKey);

    /// <summary>The last block and its hash; empty where it is not known.</summary>
    public string Last { get; private init; } = "";

    public static VerifiedLog Of(LogVerification log) =>
        new("files", log.Log.LogId.ToString("N"), log.Blocks, log.Records, log.IsClosed, log.Findings)
        {
            Last = log.Last is { } last ? Say(
                FormattableString.Invariant($"{last.Sequence}, hash {last.Hash}"), FormattableString.Invariant($"{last.Sequence}，哈希 {last.Hash}")) : "",
        };

    public static VerifiedLog Of(DatabaseVerification log) =>
        new("database", log.LogId.ToString("N"), log.Blocks, log.Records, log.IsClosed, log.Findings);
}
