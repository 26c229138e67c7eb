using System.Security.Cryptography.X509Certificates;

namespace Verification.Server.Access.Settings;

/// <summary>The configuration section <c>Verification:ClientCertificates</c>.</summary>
internal sealed class CertificateOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Verification:ClientCertificates";

    /// <summary>
    /// A PEM file with the certificate authorities that client certificates must come from: roots, and the intermediates between.
    /// Absent: no client certificates are asked for.
    /// </summary>
    public string? AuthorityFile { get; set; }

    /// <summary>How to look whether a certificate was revoked. Where it cannot be told, the certificate is refused.</summary>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.Online;
}
