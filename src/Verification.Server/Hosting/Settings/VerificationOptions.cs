using Verification.Caching;
using Verification.Server.Access.Settings;
using Verification.Server.Auditing;
using Verification.Server.Limits;
using Verification.Server.Telemetry;

namespace Verification.Server.Hosting.Settings;

/// <summary>The configuration section <c>Verification</c>: every setting of the service but its endpoints and connection strings.</summary>
internal sealed class VerificationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Verification";

    /// <summary>The folder of the registry's files, from the current folder.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>How identity numbers are kept.</summary>
    public IdentityOptions Identity { get; set; } = new();

    /// <summary>Which registry the service stands on.</summary>
    public RegistryOptions Registry { get; set; } = new();

    /// <summary>How what was answered is recorded.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>How permits are looked up, in memory, Redis and the registry. Its Redis is at <c>ConnectionStrings:Redis</c>.</summary>
    public CachingOptions Lookup { get; set; } = new();

    /// <summary>What this node does at most, whoever asks.</summary>
    public ServerLimits Limits { get; set; } = new();

    /// <summary>What leaves the process beside its answers.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Whether keys may cross a network in the clear, as something in front of the server has TLS.</summary>
    public bool AllowCleartextBeyondLoopback { get; set; }

    /// <summary>Mutual TLS.</summary>
    public CertificateOptions ClientCertificates { get; set; } = new();

    /// <summary>Tokens of an OIDC issuer.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>The consumers by their names.</summary>
    public Dictionary<string, ConsumerSettings> Consumers { get; set; } = [];

    /// <summary>A JSON file with more of them, from the current folder; null where there is none.</summary>
    public string? ConsumersFile { get; set; }

    /// <summary>Who gets in and how.</summary>
    public AccessOptions Access => new(ClientCertificates, Tokens, Consumers, ConsumersFile);
}
