using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Logging;

namespace Verification.Client;

/// <summary>The channel to the service: one connection, or one to each of several nodes.</summary>
internal sealed class Connection : IDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    // Names are resolved again this often, and whenever a connection is lost.
    private static readonly TimeSpan DnsRefresh = TimeSpan.FromSeconds(30);

    private readonly NodeHealth? _health;

    /// <summary>Opens it. It connects with the first call.</summary>
    /// <param name="options">The options as they were at the start.</param>
    /// <param name="credential">Gives the key or token for each request.</param>
    /// <param name="loggers">Where gRPC logs; null for nowhere.</param>
    public Connection(PermitVerificationOptions options, Func<CancellationToken, ValueTask<string?>> credential, ILoggerFactory? loggers)
    {
        var nodes = options.Addresses.Count > 0 ? options.Addresses : [options.Address];
        HttpMessageHandler handler = CreateHandler(options, nodes);
        if (options.Addresses.Count > 0 || options.BalanceOverDns)
        {
            _health = new NodeHealth(options.TimeProvider);
            handler = new BreakNotes(_health, handler);
        }
        var channel = new GrpcChannelOptions
        {
            HttpHandler = new RequestHeaders(credential, options.AcceptLanguage, handler),
            DisposeHttpClient = true,
            LoggerFactory = loggers,
            MaxReceiveMessageSize = MaxAnswerBytes,
        };
        if (_health is null)
        {
            Channel = GrpcChannel.ForAddress(options.Address, channel);
            return;
        }
        channel.Credentials = nodes[0].Scheme == Uri.UriSchemeHttps ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
        channel.ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new LoadBalancingConfig(ServingRoundRobin.Factory.PolicyName) } };
        channel.ServiceProvider = new Balancing(
            [new StaticResolverFactory(_ => nodes.Select(node => new BalancerAddress(node.Host, node.Port))), new DnsResolverFactory(DnsRefresh)],
            [new ServingRoundRobin.Factory(_health)]);
        Channel = GrpcChannel.ForAddress(options.BalanceOverDns ? $"dns:///{options.Address.Authority}" : "static:///nodes", channel);
        _health.Attach(new(Channel));
    }

    public GrpcChannel Channel { get; }

    public void Dispose()
    {
        _health?.Dispose();
        Channel.Dispose();
    }

    private static SocketsHttpHandler CreateHandler(PermitVerificationOptions options, IEnumerable<Uri> nodes)
    {
        var handler = new SocketsHttpHandler
        {
            // A proxy from the environment could not reach this machine's loopback.
            UseProxy = !nodes.All(node => node.IsLoopback),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // An import has no deadline: pings find out when the other side is gone without a word.
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
        };
        TlsSettings.Apply(handler.SslOptions, options);
        return handler;
    }

    /// <summary>What the channel asks for the ways to find nodes and to choose among them.</summary>
    private sealed class Balancing(ResolverFactory[] resolvers, LoadBalancerFactory[] balancers) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(IEnumerable<ResolverFactory>) ? resolvers
            : serviceType == typeof(IEnumerable<LoadBalancerFactory>) ? balancers
            : null;
    }
}
