using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Verification.Server.Configuration;

namespace Verification.Server.Hosting;

/// <summary>
/// Where the server may listen. Keys must not cross a network in the clear: beyond this machine it listens with TLS, or where a
/// setting says that something in front of it has TLS. The demo never listens beyond this machine.
/// </summary>
internal sealed class ListenerRules
{
    private const string AllowKey = $"{VerificationOptions.Section}:AllowCleartextBeyondLoopback";

    private readonly bool _allowCleartext;
    private readonly bool _isDemo;
    private readonly HashSet<int> _tlsPorts = [];

    /// <summary>The rules of a configuration, whose own endpoints are checked.</summary>
    /// <exception cref="StartRefusedException">All that is wrong with them.</exception>
    public ListenerRules(IConfiguration configuration, bool isDemo)
    {
        _isDemo = isDemo;
        var problems = new StartProblems();
        if (configuration[AllowKey] is { } allow && !bool.TryParse(allow, out _allowCleartext))
        {
            problems.Add([$"{AllowKey} must be true or false."]);
        }

        foreach (var url in ConfiguredUrls(configuration))
        {
            problems.Try(() => Checked(url));
        }

        problems.ThrowIfAny();
    }

    /// <summary>Whether an endpoint beyond this machine goes without TLS, as the setting allows.</summary>
    public bool SawCleartextBeyondLoopback { get; private set; }

    /// <summary>Checks an endpoint that the configuration may not have named.</summary>
    /// <exception cref="StartRefusedException">It is not allowed.</exception>
    public void Check(ListenOptions endpoint)
    {
        switch (endpoint.EndPoint)
        {
            case UnixDomainSocketEndPoint:
            case IPEndPoint ip when IPAddress.IsLoopback(ip.Address):
                return;
            default:
                // What an endpoint does with its bytes is not known yet; one with TLS was seen in the configuration, by its port.
                CheckBeyond(
                    endpoint.ToString() ?? "an endpoint",
                    endpoint.EndPoint is IPEndPoint address && _tlsPorts.Contains(address.Port));
                return;
        }
    }

    private static IEnumerable<string> ConfiguredUrls(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]);
        return endpoints.Append(configuration[WebHostDefaults.ServerUrlsKey])
            .SelectMany(urls => urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
    }

    private string Checked(string url)
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

        var isTls = address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        var isLocal = address.IsUnixPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        if (!isLocal)
        {
            CheckBeyond(url, isTls);
        }

        if (isTls)
        {
            _tlsPorts.Add(address.Port);
        }

        return url;
    }

    private void CheckBeyond(string address, bool isTls)
    {
        if (_isDemo)
        {
            throw new StartRefusedException(
                $"The demo would listen on {address}, beyond this machine. Its keys are known to all: use localhost, 127.0.0.1, [::1] or a Unix socket.");
        }

        if (isTls)
        {
            return;
        }

        if (!_allowCleartext)
        {
            throw new StartRefusedException(
                $"The server would listen on {address}, beyond this machine, without TLS. "
                + $"Use https, or localhost, or set {AllowKey}=true where something in front of it has TLS.");
        }

        SawCleartextBeyondLoopback = true;
    }
}
