using System.Net;
using System.Net.Sockets;

namespace Verification.TestSupport;

/// <summary>Ports for servers under test.</summary>
public static class LoopbackPort
{
    /// <summary>A free port; the one 10,000 above, for a cluster's bus, is free too. Both below what the system gives out.</summary>
    public static int Free()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = Random.Shared.Next(10_000, 20_000);
            if (IsFree(port) && IsFree(port + 10_000))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No two ports of loopback are free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
