using System.Net;
using System.Net.Sockets;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Asks the server's port itself why there is no connection: the driver tries again until its time is over, and then says no more than
/// "Success".
/// </summary>
internal sealed class SqlServerPort
{
    private const int DefaultPort = 1433;

    private readonly EndPoint? _port;

    /// <summary>The port of a connection string's server. Of an instance by its name, or of a pipe, nothing can be told.</summary>
    public SqlServerPort(string server)
    {
        var name = server.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? server[4..] : server;
        var parts = name.Split(',', StringSplitOptions.TrimEntries);
        if (name.AsSpan().ContainsAny('\\', ':', '/') || parts is not ([_] or [_, _]) || !TryReadPort(parts, out var port))
        {
            return;
        }

        var host = parts[0] is "." or "(local)" or "" ? "localhost" : parts[0];
        _port = IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
    }

    /// <summary>Why nobody can connect, in plain words; null when somebody can, or when it cannot be told.</summary>
    public async Task<RegistryUnavailableException?> WhyClosedAsync(CancellationToken cancellationToken)
    {
        if (_port is null)
        {
            return null;
        }

        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(_port, cancellationToken);
            return null;
        }
        catch (SocketException exception)
        {
            return new RegistryUnavailableException($"The registry could not answer: {Words(exception)}", exception);
        }
    }

    /// <summary>What the network said.</summary>
    public static string Words(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused: SQL Server is not listening there.",
        SocketError.ConnectionReset => "the connection was reset by the server, or by what is between.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the server's name is not known (DNS).",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way through the network to the server.",
        SocketError.TimedOut => "the network did not answer in time.",
        _ => exception.Message,
    };

    private static bool TryReadPort(string[] parts, out int port)
    {
        port = DefaultPort;
        return parts.Length == 1 || (int.TryParse(parts[1], out port) && port is > 0 and <= ushort.MaxValue);
    }
}
