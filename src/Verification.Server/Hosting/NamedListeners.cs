using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Verification.Server.Configuration;

namespace Verification.Server.Hosting;

/// <summary>
/// Listens as the framework does, and says on which address it cannot: the framework says so only of one that is in use.
/// </summary>
/// <param name="sockets">The framework's own.</param>
internal sealed class NamedListeners(SocketTransportFactory sockets) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    /// <inheritdoc/>
    /// <exception cref="StartRefusedException">The address cannot be had: it is not this machine's, or needs more rights.</exception>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return await sockets.BindAsync(endpoint, cancellationToken);
        }
        catch (SocketException cause)
        {
            throw new StartRefusedException($"The service cannot listen on {endpoint}: {cause.Message}.", cause);
        }
    }
}
