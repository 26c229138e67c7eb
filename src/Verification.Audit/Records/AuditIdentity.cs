using Verification.Core.Permits;

namespace Verification.Audit.Records;

/// <summary>
/// The identity number of a check, as nothing but a digest by the registry's key, bound to the permit and the role. The number itself
/// cannot be put in.
/// </summary>
public readonly record struct AuditIdentity
{
    /// <summary>An identity by its digest.</summary>
    /// <param name="document">The document that the number is of.</param>
    /// <param name="digest">The number's digest on the permit and in the role of the check.</param>
    public AuditIdentity(IdentityDocument document, IdentityDigest digest)
        : this(document, digest.First128Bits)
    {
    }

    internal AuditIdentity(IdentityDocument document, UInt128 digest) => (Document, Digest) = (document, digest);

    /// <summary>The document that the number is of.</summary>
    public IdentityDocument Document { get; }

    /// <summary>The first 128 bits of the digest.</summary>
    public UInt128 Digest { get; }

    /// <summary>Whether it may be the number with this digest.</summary>
    public bool IsOf(IdentityDigest digest) => Digest == digest.First128Bits;
}
