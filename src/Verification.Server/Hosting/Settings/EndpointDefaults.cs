using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Verification.Server.Hosting.Settings;

/// <summary>How an endpoint talks; null and empty leave it to the framework.</summary>
internal class EndpointDefaults
{
    /// <summary>The versions of HTTP.</summary>
    public HttpProtocols? Protocols { get; set; }

    /// <summary>The versions of TLS.</summary>
    public SslProtocols[] SslProtocols { get; set; } = [];

    /// <summary>Whether clients are asked for a certificate.</summary>
    public ClientCertificateMode? ClientCertificateMode { get; set; }
}
