using System.ComponentModel.DataAnnotations;

namespace Verification.Server.Hosting.Settings;

/// <summary>An endpoint of the server.</summary>
internal sealed class EndpointSettings : HostNameSettings
{
    /// <summary>Where it listens, as in <c>http://localhost:5081</c>.</summary>
    [Required]
    public string? Url { get; set; }

    /// <summary>How it talks under names of its own.</summary>
    public Dictionary<string, HostNameSettings> Sni { get; set; } = [];
}
