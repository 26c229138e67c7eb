using Verification.Core.Permits;

namespace Verification.Core.Rules.Verdicts;

/// <summary>Who wants to benefit from a permit, as the registry knows people: by the digest of their identity number.</summary>
/// <param name="Role">Their role towards it.</param>
/// <param name="Identity">
/// The first 128 bits of the digest of their identity number, on the permit and in the role; null when none was sent.
/// </param>
public readonly record struct DigestedSubject(SubjectRole Role, UInt128? Identity);
