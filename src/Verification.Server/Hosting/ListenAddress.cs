using System.Net;

namespace Verification.Server.Hosting;

/// <summary>Where an endpoint listens, as its URL says.</summary>
/// <param name="Url">The URL.</param>
/// <param name="IsTls">Whether it has TLS.</param>
/// <param name="Port">The port; 0 for any, and for a Unix socket.</param>
/// <param name="Addresses">The machine's addresses; none for a Unix socket.</param>
internal sealed record ListenAddress(string Url, bool IsTls, int Port, IReadOnlyList<IPAddress> Addresses)
{
    private const string Localhost = "localhost";

    private static readonly IPAddress[] Loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];
    private static readonly IPAddress[] Any = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>Whether none of the addresses can be reached from elsewhere.</summary>
    public bool IsLocal => Addresses.All(IPAddress.IsLoopback);

    /// <summary>Reads a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="problem">What is wrong with it, and what is allowed; null where nothing is.</param>
    /// <returns>Null where it is wrong.</returns>
    public static ListenAddress? Read(string url, out string? problem)
    {
        problem = null;
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            problem = "is no address to listen on; it must be one as in http://localhost:5081.";
            return null;
        }

        var isTls = address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        if (address.IsUnixPipe)
        {
            return new(url, isTls, 0, []);
        }

        var addresses = AddressesOf(address.Host);
        problem = !isTls && !address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
                ? $"has the scheme '{address.Scheme}'; it must be http or https."
            : address.PathBase.Length > 0 ? "has a path; an endpoint has none."
            : addresses.Length == 0
                ? $"has the host '{address.Host}'; it must be localhost, an IP address of this machine, or * for all of them."
            : address.Port is < 0 or > IPEndPoint.MaxPort
                ? $"has the port {address.Port}; it must be from 0, for any, to {IPEndPoint.MaxPort}."
            : addresses == Loopback && address.Port == 0
                ? "asks for any port of localhost, whose two addresses would get two; write http://127.0.0.1:0 or http://[::1]:0."
            : null;
        return problem is null ? new(url, isTls, address.Port, addresses) : null;
    }

    /// <summary>Whether both want a port of one address.</summary>
    public bool Overlaps(ListenAddress other) =>
        Port != 0 && Port == other.Port && Addresses.Any(mine => other.Addresses.Any(its => Overlap(mine, its)));

    private static IPAddress[] AddressesOf(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase) ? Loopback
        : host is "*" or "+" ? Any
        : !IPAddress.TryParse(host, out var ip) ? []
        : ip.Equals(IPAddress.IPv6Any) ? Any
        : [ip];

    private static bool Overlap(IPAddress one, IPAddress other) =>
        one.AddressFamily == other.AddressFamily && (one.Equals(other) || Any.Contains(one) || Any.Contains(other));
}
