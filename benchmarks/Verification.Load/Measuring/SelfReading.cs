using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Verification.Load.Measuring;

/// <summary>
/// Runs inside a measured server, put there by <c>DOTNET_STARTUP_HOOKS</c>: it listens to the product's meters, as an exporter of metrics
/// would, and tells the driver what the process has used. The product needs no change for it, and every server measured has it.
/// </summary>
internal static class SelfReading
{
    /// <summary>The environment variable with the path of the socket on which the driver waits.</summary>
    public const string SocketVariable = "VERIFICATION_LOAD_SOCKET";

    /// <summary>Asks for a reading.</summary>
    public const byte Read = (byte)'r';

    /// <summary>Asks for a reading with what lives on the heap, after a full collection.</summary>
    public const byte ReadHeap = (byte)'h';

    private static readonly ConcurrentDictionary<(string Instrument, string? Tag), StrongBox<long>> Counters = [];

    /// <summary>Begins, where a driver waits.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is not { } path)
        {
            return;
        }

        // A server that starts another program must not pass it on.
        Environment.SetEnvironmentVariable(SocketVariable, null);
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name.StartsWith("Verification.", StringComparison.Ordinal))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var tag = tags.Length > 0 ? tags[0].Value as string : null;
            Interlocked.Add(ref Counters.GetOrAdd((instrument.Name, tag), static _ => new StrongBox<long>()).Value, value);
            SufferedRegression.Suffer(instrument.Name, value);
        });
        listener.Start();

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        new Thread(() => Answer(new NetworkStream(socket, ownsSocket: true))) { IsBackground = true, Name = "load-reading" }.Start();
    }

    private static void Answer(Stream driver)
    {
        try
        {
            using var lines = new StreamWriter(driver) { AutoFlush = true };
            for (var wish = driver.ReadByte(); wish >= 0; wish = driver.ReadByte())
            {
                lines.WriteLine(JsonSerializer.Serialize(Take(withHeap: wish == ReadHeap)));
            }
        }
        catch (IOException)
        {
            // The driver is gone.
        }

        // No driver, no server.
        Environment.Exit(0);
    }

    private static ServerReading Take(bool withHeap) => new(
        Environment.CpuUsage.TotalTime.TotalMicroseconds,
        JitInfo.GetCompilationTime(currentThread: false).TotalMicroseconds,
        GC.GetTotalAllocatedBytes(precise: true),
        withHeap ? GC.GetTotalMemory(forceFullCollection: true) : 0,
        Counters.ToDictionary(pair => $"{pair.Key.Instrument}/{pair.Key.Tag}", pair => Interlocked.Read(ref pair.Value.Value)));
}
