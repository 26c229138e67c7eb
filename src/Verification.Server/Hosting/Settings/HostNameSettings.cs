namespace Verification.Server.Hosting.Settings;

/// <summary>How an endpoint talks under one of its host names.</summary>
internal class HostNameSettings : EndpointDefaults
{
    /// <summary>The server's certificate.</summary>
    public ServerCertificateSettings Certificate { get; set; } = new();
}
