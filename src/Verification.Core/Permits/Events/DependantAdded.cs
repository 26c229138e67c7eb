namespace Verification.Core.Permits.Events;

/// <summary>An accompanying family member 随往人员 was added.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="Relation">Spouse, child or parent.</param>
/// <param name="Identity">The digest of their identity number on this permit in this relation.</param>
/// <param name="Document">The document of that number; null means the resident identity card.</param>
public sealed record DependantAdded(DateOnly On, SubjectRole Relation, IdentityDigest Identity, IdentityDocument? Document = null)
    : PermitEvent(On);
