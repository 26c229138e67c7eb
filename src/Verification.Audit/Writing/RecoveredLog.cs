using System.Collections.Immutable;
using Verification.Audit.Verifying;

namespace Verification.Audit.Writing;

/// <summary>A log that was found at a start.</summary>
/// <param name="Point">Where its chain goes on.</param>
/// <param name="NextSegment">The segment that it goes on with.</param>
/// <param name="Cut">What was cut off its torn tail, and where it is kept.</param>
/// <param name="Damage">What is wrong under its heads: then nothing was touched, and it must not go on.</param>
internal sealed record RecoveredLog(
    ChainPoint Point, int NextSegment, ImmutableArray<AuditFinding> Cut, ImmutableArray<AuditFinding> Damage);
