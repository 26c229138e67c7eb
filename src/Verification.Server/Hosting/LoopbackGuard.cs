using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Verification.Server.Hosting;

/// <summary>
/// Keeps the server to this machine: there are no consumers and no credentials yet, so nobody beyond it may ask. Addresses of
/// 127.0.0.0/8, ::1 and Unix sockets pass.
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>Refuses every endpoint beyond this machine, wherever its address comes from.</summary>
    public static WebApplicationBuilder ListenOnLoopbackOnly(this WebApplicationBuilder builder)
    {
        foreach (var url in ConfiguredUrls(builder.Configuration))
        {
            Check(url);
        }

        // What the configuration does not name (code, other providers) ends here too.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(Check));
        return builder;
    }

    private static IEnumerable<string> ConfiguredUrls(ConfigurationManager configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]);
        return endpoints.Append(configuration[WebHostDefaults.ServerUrlsKey])
            .SelectMany(urls => urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
    }

    private static void Check(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException cause)
        {
            throw new StartRefusedException($"'{url}' is no address to listen on.", cause);
        }

        var isLocal = address.IsUnixPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        if (!isLocal)
        {
            throw Refusal(url);
        }
    }

    private static void Check(ListenOptions endpoint)
    {
        var isLocal = endpoint.EndPoint is UnixDomainSocketEndPoint
            || (endpoint.EndPoint is IPEndPoint ip && IPAddress.IsLoopback(ip.Address));
        if (!isLocal)
        {
            throw Refusal(endpoint.ToString() ?? "an endpoint");
        }
    }

    private static StartRefusedException Refusal(string address) => new(
        $"The server would listen on {address}, beyond this machine. "
        + "It has no access control yet: use localhost, 127.0.0.1, [::1] or a Unix socket.");
}
