using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>What can be done about a reason, and by whom (policy §10); shown to people.</summary>
/// <param name="Reason">The reason: one bit.</param>
/// <param name="Kind">The kind of permit it is for; <see cref="PermitKind.None"/> means every kind.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ActorChinese">Who acts, in Chinese.</param>
/// <param name="Action">What they do.</param>
/// <param name="ActionChinese">What they do, in Chinese.</param>
/// <param name="Source">The source it rests on.</param>
public sealed record Remedy(
    StatusReasons Reason,
    PermitKind Kind,
    string Actor,
    string ActorChinese,
    string Action,
    string ActionChinese,
    string Source);
