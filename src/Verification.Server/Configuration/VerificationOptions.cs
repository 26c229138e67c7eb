using Verification.Caching;

namespace Verification.Server.Configuration;

/// <summary>The configuration section <c>Verification</c>.</summary>
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

    /// <summary>How permits are looked up, in memory, Redis and the registry. Its Redis is at <c>ConnectionStrings:Redis</c>.</summary>
    public CachingOptions Lookup { get; set; } = new();
}
