using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>Who wants to benefit from a permit.</summary>
/// <param name="Role">The role towards the permit; unspecified means the holder.</param>
public sealed record PermitSubject(SubjectRole Role = SubjectRole.Holder)
{
    /// <summary>
    /// The number of an identity document, compared with the permit's and never stored. Null: nothing is compared, and a consumer that must
    /// identify everybody is refused (<see cref="VerificationReasons.IdentityRequired"/>).
    /// </summary>
    public string? IdentityNumber { get; init; }

    /// <summary>The document that the number is of; unspecified means the resident identity card 居民身份证.</summary>
    public IdentityDocument Document { get; init; }

    /// <summary>The role alone: an identity number gets into no text.</summary>
    public override string ToString() => Role.ToString();

    internal Subject ToMessage() => new() { Role = Role, IdentityNumber = IdentityNumber ?? "", Document = Document };
}
