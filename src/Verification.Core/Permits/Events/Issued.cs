namespace Verification.Core.Permits.Events;

/// <summary>A permit was issued: the first event of every permit, and the only one of its type.</summary>
/// <param name="On">The issue date.</param>
/// <param name="Kind">The kind of permit.</param>
/// <param name="AppliedOn">The date of application; null means the issue date.</param>
/// <param name="Holder">The digest of the holder's identity number; null where the registry holds none.</param>
/// <param name="Employer">The employer, if told.</param>
/// <param name="ValidThrough">The printed last day of a temporary residence permit; null for other kinds.</param>
/// <param name="HolderDocument">
/// The document of the holder's identity number; null means the resident identity card, or that there is no number.
/// </param>
public sealed record Issued(
    DateOnly On,
    PermitKind Kind,
    DateOnly? AppliedOn = null,
    IdentityDigest? Holder = null,
    string? Employer = null,
    DateOnly? ValidThrough = null,
    IdentityDocument? HolderDocument = null) : PermitEvent(On);
