using System.Collections.Immutable;
using Verification.Audit.Reading;
using Verification.Audit.Verifying;

namespace Verification.Audit.Writing;

/// <summary>What a node found in its folder as it began to write: to be told to its operator.</summary>
/// <param name="Log">The log that it writes.</param>
/// <param name="IsNew">Whether that begins now: the folder was new, or <paramref name="Damage"/> kept the log before from going on.</param>
/// <param name="Cut">Torn tails that were cut, with the files that keep them.</param>
/// <param name="Damage">What is wrong under the heads of the log before. It was left as it is, and needs a person to look at it.</param>
public sealed record AuditLogStart(
    AuditLogFiles Log, bool IsNew, ImmutableArray<AuditFinding> Cut, ImmutableArray<AuditFinding> Damage);
