using Verification.Core.Permits;

namespace Verification.Core.Rules.Timelines;

/// <summary>A member of the accompanying family 随往人员, as a timeline tells them.</summary>
/// <param name="Relation">Spouse, child or parent.</param>
/// <param name="Identity">The first 128 bits of the digest of their identity number on this permit in this relation.</param>
public readonly record struct FamilyMember(SubjectRole Relation, UInt128 Identity);
