using System.Net;
using System.Net.Sockets;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>A port of the loopback address that nobody listens on, and that nobody else gets while it is held.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
