using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Entitlements;

/// <summary>What a valid permit of one kind decides on one entitlement for one role.</summary>
/// <param name="Kind">The kind of permit.</param>
/// <param name="Role">Who wants to benefit.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Source">The source it rests on.</param>
public sealed record EntitlementCell(PermitKind Kind, SubjectRole Role, EntitlementDecision Decision, string Source);
