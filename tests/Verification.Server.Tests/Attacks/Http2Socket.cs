using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Verification.Server.Tests.Attacks;

/// <summary>A peer that writes HTTP/2 frames as it likes.</summary>
internal sealed class Http2Socket : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte GoAway = 7;
    public const byte Continuation = 9;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<Http2Socket> ConnectAsync(Uri address)
    {
        var socket = new Http2Socket();
        await socket._client.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        socket._stream = socket._client.GetStream();
        await socket.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await socket.WriteAsync(Frame(Settings, 0, 0, []));
        return socket;
    }

    public static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The headers of a call, each literal and none indexed, so that the state of the table does not matter.</summary>
    public static byte[] Call(string path, params (string Name, string Value)[] more)
    {
        using var block = new MemoryStream();
        (string, string)[] headers =
        [
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
            ("content-type", "application/grpc"), ("te", "trailers"), .. more,
        ];
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);
            Write(block, name);
            Write(block, value);
        }

        return block.ToArray();
    }

    /// <summary>Writes, or fails because the server has closed.</summary>
    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Reads the next frame.</summary>
    public async Task<(byte Type, int Stream)> ReadFrameAsync()
    {
        var header = new byte[9];
        await _stream.ReadExactlyAsync(header, TestContext.Current.CancellationToken);
        await _stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8], TestContext.Current.CancellationToken);
        return (header[3], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)));
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task<long> ReadToEndAsync()
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        try
        {
            while (await _stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
            {
                total += read;
            }
        }
        catch (IOException reset)
        {
            // Closed with bytes of ours unread.
            Assert.NotNull(reset);
        }

        return total;
    }

    public void Dispose() => _client.Dispose();

    private static void Write(MemoryStream block, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        if (bytes.Length < 127)
        {
            block.WriteByte((byte)bytes.Length);
        }
        else
        {
            block.WriteByte(127);
            var rest = bytes.Length - 127;
            for (; rest >= 128; rest >>= 7)
            {
                block.WriteByte((byte)((rest & 127) | 128));
            }

            block.WriteByte((byte)rest);
        }

        block.Write(bytes);
    }
}
