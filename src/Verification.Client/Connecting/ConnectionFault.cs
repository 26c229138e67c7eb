namespace Verification.Client;

/// <summary>Why a call did not reach the service.</summary>
public enum ConnectionFault
{
    /// <summary>It did, or nobody can tell.</summary>
    None,

    /// <summary>Nothing answers at the address, or the connection broke. It may work later.</summary>
    Unreachable,

    /// <summary>
    /// What answers at the address does not speak as this client does: an HTTP/1.1 port instead of the gRPC port, clear text for an
    /// <c>https</c> address, or TLS that the two cannot agree on.
    /// </summary>
    Incompatible,

    /// <summary>What answers at the address has a certificate that this machine does not trust.</summary>
    Untrusted,

    /// <summary>The program itself had no API key or token to send: what gives it failed. It may work later.</summary>
    NoCredential,
}
