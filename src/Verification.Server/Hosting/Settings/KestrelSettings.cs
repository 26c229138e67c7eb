namespace Verification.Server.Hosting.Settings;

/// <summary>
/// The configuration section <c>Kestrel</c>. The framework reads it too, but ends at the first mistake, and passes over what it does not
/// know.
/// </summary>
internal sealed class KestrelSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Kestrel";

    /// <summary>Where the server listens, by any names.</summary>
    public Dictionary<string, EndpointSettings> Endpoints { get; set; } = [];

    /// <summary>What endpoints have that do not say.</summary>
    public EndpointDefaults EndpointDefaults { get; set; } = new();

    /// <summary>Certificates by their names; that of endpoints without their own is <c>Default</c>.</summary>
    public Dictionary<string, ServerCertificateSettings> Certificates { get; set; } = [];
}
