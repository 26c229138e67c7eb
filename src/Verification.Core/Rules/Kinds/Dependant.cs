using Verification.Core.Permits;

namespace Verification.Core.Rules.Kinds;

/// <summary>A member of the accompanying family 随往人员.</summary>
/// <param name="Relation">Spouse, child or parent.</param>
/// <param name="Identity">The digest of their identity number on this permit in this relation.</param>
public readonly record struct Dependant(SubjectRole Relation, IdentityDigest Identity);
