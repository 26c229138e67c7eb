using Verification.Core.Permits;

namespace Verification.Core.Rules.Verdicts;

/// <summary>Who wants to benefit from a permit.</summary>
/// <param name="Role">Their role towards it.</param>
/// <param name="Identity">Their identity number, to compare; null when none was sent.</param>
public readonly record struct Subject(SubjectRole Role, IdentityNumber? Identity)
{
    /// <summary>The holder, with nothing to compare: what a check means that names no subject.</summary>
    public static Subject Holder { get; } = new(SubjectRole.Holder, null);

    /// <summary>The same without the number: what the rules compare, and a record keeps.</summary>
    public DigestedSubject Digested(PermitNumber permit, IdentityDigester digester) =>
        new(Role, Identity is { } number ? digester.Digest(permit, Role, number).First128Bits : null);
}
