namespace Verification.Server.Access.Settings;

/// <summary>Who gets in and how they prove who they are: part of the configuration section <c>Verification</c>.</summary>
/// <param name="Certificates">Mutual TLS.</param>
/// <param name="Tokens">Tokens of an OIDC issuer.</param>
/// <param name="Consumers">The consumers by their names.</param>
/// <param name="ConsumersFile">A JSON file with more of them, from the current folder; null where there is none.</param>
internal sealed record AccessOptions(
    CertificateOptions Certificates, TokenOptions Tokens, Dictionary<string, ConsumerSettings> Consumers, string? ConsumersFile);
