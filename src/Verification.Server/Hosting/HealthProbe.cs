using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting;

/// <summary>
/// <c>--health</c>: asks the service that runs on this machine by the same settings whether it is ready. It is the health check of an image
/// that has neither a shell nor another program.
/// </summary>
internal static class HealthProbe
{
    private const string Switch = "--health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whether the command line asks for it.</summary>
    public static bool IsAskedFor(string[] args) => args.Contains(Switch);

    /// <summary>The command line without the switch, which would take the next argument for its value.</summary>
    public static string[] WithoutSwitch(string[] args) => [.. args.Where(arg => arg != Switch)];

    /// <summary>Asks, and says what was answered.</summary>
    /// <returns>0 where the service is ready, 1 where it is not or does not answer.</returns>
    /// <exception cref="StartRefusedException">The settings name no endpoint that can be asked.</exception>
    public static async Task<int> RunAsync(IConfiguration configuration, TextWriter output)
    {
        var problems = new StartProblems();
        var settings = new SettingsReader(problems).Read(configuration.GetSection(KestrelSettings.Section), new KestrelSettings());
        problems.ThrowIfAny();
        using var handler = new SocketsHttpHandler();

        // It asks itself: whether the certificate suits its callers, and whom they trust, is for them to say.
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable);
        using var http = new HttpClient(handler) { Timeout = Patience };
        using var request = RequestTo(settings);
        try
        {
            using var answer = await http.SendAsync(request);
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception cause) when (cause is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{request.RequestUri} does not answer: {cause.Message}");
            return 1;
        }
    }

    /// <summary>One that speaks HTTP/1.1 before one that speaks HTTP/2 alone.</summary>
    private static HttpRequestMessage RequestTo(KestrelSettings settings)
    {
        var (url, isHttp2) = settings.Endpoints.Values
            .Select(endpoint => (Url: endpoint.Url!, IsHttp2: (endpoint.Protocols ?? settings.EndpointDefaults.Protocols) == HttpProtocols.Http2))
            .OrderBy(endpoint => endpoint.IsHttp2)
            .FirstOrDefault();
        if (url is null || ListenAddress.Read(url, out _) is null)
        {
            throw new StartRefusedException("Kestrel:Endpoints names no endpoint that could be asked.");
        }

        var address = BindingAddress.Parse(url);
        var host = IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
            ? address.Host : "localhost";
        return new HttpRequestMessage(HttpMethod.Get, $"{address.Scheme}://{host}:{address.Port}/health/ready")
        {
            Version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }
}
