namespace Verification.Server.Access.Settings;

/// <summary>How callers may prove who they are, beside API keys: part of the configuration section <c>Verification</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>The section of client certificates.</summary>
    public const string CertificatesSection = "Verification:ClientCertificates";

    /// <summary>The section of tokens.</summary>
    public const string TokensSection = "Verification:Tokens";

    /// <summary>Mutual TLS.</summary>
    public CertificateOptions Certificates { get; init; } = new();

    /// <summary>Tokens of an OIDC issuer.</summary>
    public TokenOptions Tokens { get; init; } = new();
}
