using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting;

/// <summary>
/// Where the server may listen. Keys must not cross a network in the clear: beyond this machine it listens with TLS, or where a
/// setting says that something in front of it has TLS. The demo never listens beyond this machine.
/// </summary>
internal sealed class ListenerRules
{
    private const string AllowKey = $"{VerificationOptions.Section}:AllowCleartextBeyondLoopback";

    private static readonly string UrlsKey = WebHostDefaults.ServerUrlsKey;

    private readonly bool _allowCleartext;
    private readonly bool _isDemo;
    private readonly List<(string Key, ListenAddress Address)> _configured = [];

    /// <summary>The rules of a configuration, whose own endpoints are checked.</summary>
    /// <param name="urls">The URLs of the configuration, by their keys.</param>
    /// <param name="allowCleartext">Whether something in front of the server has TLS.</param>
    /// <param name="isDemo">Whether it is the demo.</param>
    /// <param name="problems">Takes all that is wrong with them.</param>
    public ListenerRules(IEnumerable<(string Key, string Url)> urls, bool allowCleartext, bool isDemo, StartProblems problems)
    {
        _allowCleartext = allowCleartext;
        _isDemo = isDemo;
        foreach (var (key, url) in urls)
        {
            if (ProblemOf(key, url) is { } problem)
            {
                problems.Add($"{key} is '{url}', which {problem}");
            }
        }
    }

    /// <summary>The endpoints of the configuration that are allowed, by their keys.</summary>
    public IReadOnlyList<(string Key, ListenAddress Address)> Configured => _configured;

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
                var hasTls = endpoint.EndPoint is IPEndPoint address
                    && _configured.Exists(it => it.Address.IsTls && it.Address.Port == address.Port);
                if (ProblemBeyond(hasTls) is { } problem)
                {
                    throw new StartRefusedException($"An endpoint is {endpoint}, which {problem}");
                }

                return;
        }
    }

    private string? ProblemOf(string key, string url)
    {
        if (ListenAddress.Read(url, out var problem) is not { } address)
        {
            return problem;
        }

        if (!address.IsLocal && ProblemBeyond(address.IsTls) is { } beyond)
        {
            return beyond;
        }

        // The framework takes either its endpoints or its URLs, never both.
        var (taken, _) = _configured.Find(it => it.Key == UrlsKey == (key == UrlsKey) && it.Address.Overlaps(address));
        _configured.Add((key, address));
        return taken is null ? null : $"has the port of {taken}; each endpoint must have its own.";
    }

    private string? ProblemBeyond(bool isTls)
    {
        if (_isDemo)
        {
            return "lies beyond this machine. The demo's keys are known to all: use localhost, 127.0.0.1, [::1] or a Unix socket.";
        }

        if (isTls)
        {
            return null;
        }

        SawCleartextBeyondLoopback = true;
        return _allowCleartext
            ? null
            : "lies beyond this machine, without TLS. "
                + $"Use https, or localhost, or set {AllowKey}=true where something in front of it has TLS.";
    }
}
