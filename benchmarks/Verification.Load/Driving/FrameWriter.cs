using System.Buffers.Binary;
using System.Net.Sockets;

namespace Verification.Load.Driving;

/// <summary>Writes frames of HTTP/2 into a buffer and sends them together.</summary>
internal sealed class FrameWriter(Headers headers)
{
    private const int MaxFrame = 16 * 1024;
    private const int WindowWanted = int.MaxValue;
    private const int WindowAtFirst = 65_535;
    private const int WidenAt = 256 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private int _consumed;
    private bool _isFirst = true;

    // How much the server still takes on the connection; for each call it takes more than a call ever has.
    private long _window = WindowAtFirst;

    /// <summary>The preface, settings (no table of headers, no pushes, the widest window) and the connection's window.</summary>
    public void WriteIntroduction()
    {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.CopyTo(Take(24));
        Span<byte> settings = stackalloc byte[18];
        WriteSetting(settings, 1, 0);
        WriteSetting(settings[6..], 2, 0);
        WriteSetting(settings[12..], 4, WindowWanted);
        Write(FrameType.Settings, FrameFlags.None, 0, settings);
        WriteWindow(WindowWanted - WindowAtFirst);
    }

    /// <summary>A whole call.</summary>
    /// <returns>False, and nothing is written, where the server does not take so much at the moment.</returns>
    public bool TryWriteCall(int stream, ReadOnlySpan<byte> message)
    {
        if (_window < message.Length)
        {
            return false;
        }

        _window -= message.Length;
        Write(FrameType.Headers, FrameFlags.EndHeaders, stream, _isFirst ? headers.First : headers.Others);
        _isFirst = false;
        while (message.Length > MaxFrame)
        {
            Write(FrameType.Data, FrameFlags.None, stream, message[..MaxFrame]);
            message = message[MaxFrame..];
        }

        Write(FrameType.Data, FrameFlags.AckOrEndStream, stream, message);
        return true;
    }

    /// <summary>The answer to settings or a ping.</summary>
    public void WriteAcknowledgement(in ReceivedFrame frame) =>
        Write(frame.Type, FrameFlags.AckOrEndStream, 0, frame.Type == FrameType.Ping ? frame.Payload : []);

    /// <summary>So much of what came in is read; now and then the server is told.</summary>
    public void WriteConsumed(int count)
    {
        _consumed += count;
        if (_consumed > WidenAt)
        {
            WriteWindow(_consumed);
            _consumed = 0;
        }
    }

    /// <summary>The server takes so much more.</summary>
    public void Widen(int stream, int count) => _window += stream == 0 ? count : 0;

    /// <summary>Sends what was written.</summary>
    public void SendTo(Socket socket)
    {
        for (var sent = 0; sent < _length;)
        {
            sent += socket.Send(_buffer.AsSpan(sent, _length - sent));
        }

        _length = 0;
    }

    private static void WriteSetting(Span<byte> destination, ushort id, int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, id);
        BinaryPrimitives.WriteInt32BigEndian(destination[2..], value);
    }

    private void WriteWindow(int count)
    {
        Span<byte> payload = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, count);
        Write(FrameType.WindowUpdate, FrameFlags.None, 0, payload);
    }

    private void Write(FrameType type, FrameFlags flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = Take(FrameReader.HeaderLength + payload.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = (byte)type;
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame[5..], stream);
        payload.CopyTo(frame[FrameReader.HeaderLength..]);
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length < _length + count)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
        }

        var taken = _buffer.AsSpan(_length, count);
        _length += count;
        return taken;
    }
}
