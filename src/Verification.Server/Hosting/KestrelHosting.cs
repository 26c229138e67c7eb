using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Verification.Server.Access;
using Verification.Server.Access.Settings;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Certificates;
using Verification.Server.Hosting.Settings;
using Verification.Server.Limits;

namespace Verification.Server.Hosting;

/// <summary>Bounds what connections may cost, whoever opens them: most of it before anyone has said who they are.</summary>
internal static class KestrelHosting
{
    // How many times their limit headers must have to end their connection: the framework's number, for all together.
    private const int ConnectionEndsAt = 2;

    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Sets the limits of connections and checks where they come in.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="allowCleartext">Whether something in front of the server has TLS.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="isDemo">Whether it is the demo.</param>
    /// <param name="problems">Takes all that is wrong with the endpoints.</param>
    public static WebApplicationBuilder AddConnections(
        this WebApplicationBuilder builder, bool allowCleartext, TimeProvider timeProvider, bool isDemo, StartProblems problems)
    {
        var section = builder.Configuration.GetSection(KestrelSettings.Section);
        var settings = new SettingsReader(problems).Read(section, new KestrelSettings());
        var rules = new ListenerRules(UrlsOf(settings, builder.Configuration[WebHostDefaults.ServerUrlsKey]), allowCleartext, isDemo, problems);
        var notice = new BrowserNotice(PageUrlOf(settings));
        ServerCertificates.Check(section, rules, builder.Environment, problems);
        builder.Services.AddSingleton(rules).AddHostedService<StartWarnings>();
        builder.Services.AddSingleton(_ => new CurrentCertificates(settings, builder.Environment.ContentRootPath)).AddHostedService<CertificateWatch>();
        builder.Services.AddSingleton<SocketTransportFactory>().AddSingleton<IConnectionListenerFactory, NamedListeners>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var limits = kestrel.ApplicationServices.GetRequiredService<ServerLimits>();
            var age = new ConnectionAge(TimeSpan.FromMinutes(limits.ConnectionMinutes), timeProvider);
            kestrel.AddServerHeader = false;

            // The framework would close an endpoint whose certificate's file changes, with every call on it, and open it again.
            kestrel.Configure(section, reloadOnChange: false);
            Apply(limits, kestrel.Limits);
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                rules.Check(endpoint);
                endpoint.Use(next => connection =>
                {
                    connection.Features.Set(new ConnectionMemory());

                    // What it speaks is known only when it listens. Bytes of TLS are nothing that a browser's request begins with.
                    return endpoint.Protocols == HttpProtocols.Http2
                        ? notice.RunAsync(connection, it => age.RunAsync(it, next))
                        : age.RunAsync(connection, next);
                });
            });
            var certificates = kestrel.ApplicationServices.GetRequiredService<CurrentCertificates>();
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.OnAuthenticate = (_, tls) =>
                {
                    tls.CipherSuitesPolicy = TlsCiphers.Policy;
                    certificates.Apply(tls);
                };
                AskForCertificates(https, kestrel.ApplicationServices);
            });
        });
        return builder;
    }

    /// <summary>Those of the endpoints, and those that count where there is no endpoint.</summary>
    private static IEnumerable<(string Key, string Url)> UrlsOf(KestrelSettings settings, string? urls)
    {
        foreach (var (name, endpoint) in settings.Endpoints.Where(it => it.Value.Url is not null))
        {
            yield return ($"{KestrelSettings.Section}:Endpoints:{name}:Url", endpoint.Url!);
        }

        foreach (var url in urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            yield return (WebHostDefaults.ServerUrlsKey, url);
        }
    }

    /// <summary>Where a browser is answered, which speaks HTTP/1.1 where there is no TLS; null where that is nowhere.</summary>
    private static string? PageUrlOf(KestrelSettings settings) => settings.Endpoints.Values
        .FirstOrDefault(endpoint => (endpoint.Protocols ?? settings.EndpointDefaults.Protocols) != HttpProtocols.Http2)?.Url;

    private static void Apply(ServerLimits limits, KestrelServerLimits kestrel)
    {
        kestrel.MaxConcurrentConnections = limits.Connections;
        kestrel.MaxConcurrentUpgradedConnections = 0;
        kestrel.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
        kestrel.KeepAliveTimeout = IdleTimeout;
        kestrel.Http2.MaxStreamsPerConnection = limits.StreamsPerConnection;

        // One header over its limit ends the connection with every call on it; all together over theirs end the call, over twice that the
        // connection: so one that is too long ends its call too.
        kestrel.Http2.MaxRequestHeaderFieldSize = limits.HeaderBytes * ConnectionEndsAt;
        kestrel.Http2.KeepAlivePingDelay = PingAfter;
        kestrel.Http2.KeepAlivePingTimeout = PingTimeout;
    }

    /// <summary>
    /// TLS takes any certificate, as the scheme finds out whether it is good: so a caller with a bad one is told what is wrong with it,
    /// and one with a good key need have none.
    /// </summary>
    private static void AskForCertificates(HttpsConnectionAdapterOptions https, IServiceProvider services)
    {
        if (services.GetRequiredService<AccessOptions>().Certificates.AuthorityFile is not null)
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }
    }
}
