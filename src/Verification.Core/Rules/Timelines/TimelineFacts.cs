using Verification.Core.Permits;

namespace Verification.Core.Rules.Timelines;

/// <summary>What a timeline says of its permit on every date.</summary>
/// <param name="Number">The permit's number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="IssuedOn">Its issue date.</param>
/// <param name="Holder">The digest of the holder's identity number; null where the registry holds none.</param>
/// <param name="HoldsIdentity">Whether the registry holds anybody's identity number for it, on any date.</param>
internal readonly record struct TimelineFacts(
    PermitNumber Number, PermitKind Kind, DateOnly IssuedOn, IdentityDigest? Holder, bool HoldsIdentity);
