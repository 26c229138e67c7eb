namespace Verification.Server.Access.Consumers;

/// <summary>What a client certificate is known by.</summary>
/// <param name="Kind">What <paramref name="Value"/> is.</param>
/// <param name="Value">A DNS name in lower case, or a SHA-256 digest in lower-case hexadecimal.</param>
internal readonly record struct CertificatePin(CertificatePinKind Kind, string Value);
