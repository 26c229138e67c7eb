namespace Verification.Server.Access.Consumers;

/// <summary>By what a client certificate is known.</summary>
internal enum CertificatePinKind
{
    /// <summary>A DNS name among its subject alternative names, matched as a whole: no wildcards.</summary>
    SubjectAlternativeName,

    /// <summary>The SHA-256 digest of its public key (SubjectPublicKeyInfo), which outlives a renewal with the same key.</summary>
    PublicKey,
}
