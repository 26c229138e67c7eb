namespace Verification.Server.Access.Consumers;

/// <summary>Why a caller is not let in.</summary>
internal enum CredentialFault
{
    /// <summary>None was sent.</summary>
    Missing,

    /// <summary>It is not one that this server knows or trusts.</summary>
    Invalid,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was taken back.</summary>
    Revoked,

    /// <summary>Nobody could tell: the issuer of tokens does not answer. It is not a no.</summary>
    IssuerUnavailable,

    /// <summary>Nobody could tell whether the certificate was revoked. It is not a no.</summary>
    RevocationUnknown,
}
