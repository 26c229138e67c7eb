using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client.Balancer;
using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// What each of several nodes says of itself, by <c>grpc.health.v1</c>: one that cannot answer (its registry is away, it is stopping) is passed
/// over while others can, and so is for a second one whose connection broke: its process may be gone, and what is asked again at once shall not
/// go there again. A node that says nothing counts as one that can.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class NodeHealth(TimeProvider time) : IDisposable
{
    /// <summary>The header by which a call of health goes to one node. It does not leave the program.</summary>
    public const string NodeHeader = "verification-node";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterBreak = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, bool> _isServing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _brokeAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _isWatched = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Health.HealthClient? _client;

    /// <summary>The name of a node.</summary>
    public static string NameOf(Subchannel node) => NameOf(node.CurrentAddress);

    /// <summary>Gives it the channel that it asks on.</summary>
    public void Attach(Health.HealthClient client) => _client = client;

    /// <summary>Whether a node may be asked.</summary>
    public bool IsServing(string node) =>
        _isServing.GetValueOrDefault(node, true)
        && (!_brokeAt.TryGetValue(node, out var at) || time.GetElapsedTime(at) >= PauseAfterBreak);

    /// <summary>A connection to a node broke under a request, or could not be made.</summary>
    /// <param name="address">Where the request went.</param>
    public void Broke(Uri? address)
    {
        if (address is not null)
            _brokeAt[NameOf(address.Host, address.Port)] = time.GetTimestamp();
    }

    /// <summary>Watches a node that is connected, as long as it is.</summary>
    public void Watch(string node)
    {
        if (_client is { } client && !_stop.IsCancellationRequested && _isWatched.TryAdd(node, true))
            _ = Task.Run(() => WatchAsync(client, node));
    }

    public void Dispose() => _stop.Cancel();

    private static string NameOf(BalancerAddress? address) => address is null ? "" : NameOf(address.EndPoint.Host, address.EndPoint.Port);

    private static string NameOf(string host, int port) => FormattableString.Invariant($"{host}:{port}");

    private async Task WatchAsync(Health.HealthClient client, string node)
    {
        try
        {
            using var call = client.Watch(
                new HealthCheckRequest { Service = VerificationService.Descriptor.FullName },
                new Metadata { { NodeHeader, node } },
                cancellationToken: _stop.Token);
            while (await call.ResponseStream.MoveNext(_stop.Token))
                _isServing[node] = call.ResponseStream.Current.Status != HealthCheckResponse.Types.ServingStatus.NotServing;
        }
        catch (RpcException)
        {
            // The connection is gone, or the node tells no health: whether it can be reached is the channel's to say.
        }
        _isServing.TryRemove(node, out _);
        await Task.Delay(Pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isWatched.TryRemove(node, out _);
    }
}
