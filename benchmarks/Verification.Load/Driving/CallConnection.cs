using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Verification.Load.Questions;

namespace Verification.Load.Driving;

/// <summary>
/// A connection of HTTP/2 (RFC 9113) without TLS that makes unary calls of one method: as much of the protocol as that needs, so that the
/// client costs a fraction of the server beside it. What it does not know, it refuses.
/// </summary>
/// <remarks>Calls may be begun by one thread while answers come in on another.</remarks>
internal sealed class CallConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly IQuestion _question;
    private readonly Action<CallConnection, Call> _answered;
    private readonly FrameWriter _out;
    private readonly FrameReader _in = new();
    private readonly byte[] _message = new byte[64 * 1024];
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Call> _open = [];
    private readonly Stack<Call> _idle = [];
    private readonly int _streams;
    private int _nextStream = 1;

    private CallConnection(Socket socket, IQuestion question, Headers headers, int streams, Action<CallConnection, Call> answered)
    {
        _socket = socket;
        _question = question;
        _answered = answered;
        _out = new FrameWriter(headers);
        _streams = streams;
    }

    /// <summary>Connects and introduces itself.</summary>
    /// <param name="address">The server.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="streams">The most calls at the same time.</param>
    /// <param name="answered">Takes each answer, on the thread that reads; may begin other calls.</param>
    public static async Task<CallConnection> OpenAsync(Uri address, IQuestion question, int streams, Action<CallConnection, Call> answered)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var headers = new Headers(address.Authority, $"/permits.verification.v1.VerificationService/{question.Rpc}", question.ApiKey);
        var connection = new CallConnection(socket, question, headers, streams, answered);
        connection._out.WriteIntroduction();
        connection.Flush();
        return connection;
    }

    /// <summary>How many calls are open.</summary>
    public int OpenCalls
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Begins a call; it goes out with the next <see cref="Flush"/>.</summary>
    /// <returns>False where as many are open as may be, or the server takes no more at the moment.</returns>
    public bool TryBegin(int index, long intendedAt)
    {
        lock (_gate)
        {
            var message = _message.AsSpan(0, _question.Write(index, _message));
            if (_open.Count == _streams || !_out.TryWriteCall(_nextStream, message))
            {
                return false;
            }

            var call = _idle.TryPop(out var used) ? used : new Call();
            call.Begin(index, intendedAt);
            _open.Add(_nextStream, call);
            _nextStream += 2;
            return true;
        }
    }

    /// <summary>Sends what was begun.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _out.SendTo(_socket);
        }
    }

    /// <summary>Reads answers until the connection is closed by either side.</summary>
    /// <exception cref="InvalidOperationException">The server ended it, or sent what this client does not know.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            int read;
            try
            {
                read = await _socket.ReceiveAsync(_in.Room(), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (read == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            _in.Advance(read);
            while (_in.TryRead(out var frame))
            {
                Take(frame);
            }

            _in.Compact();
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Take(in ReceivedFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Data:
                Find(frame.Stream).AddBody(frame.Payload);
                lock (_gate)
                {
                    _out.WriteConsumed(frame.Payload.Length);
                }

                break;
            case FrameType.Headers when frame.HasFlag(FrameFlags.EndHeaders) && !frame.HasFlag(FrameFlags.Padded):
                Find(frame.Stream).AddHeaders(frame.Payload);
                break;
            case FrameType.Settings when !frame.HasFlag(FrameFlags.AckOrEndStream):
            case FrameType.Ping when !frame.HasFlag(FrameFlags.AckOrEndStream):
                lock (_gate)
                {
                    _out.WriteAcknowledgement(frame);
                }

                break;
            case FrameType.WindowUpdate:
                lock (_gate)
                {
                    _out.Widen(frame.Stream, BinaryPrimitives.ReadInt32BigEndian(frame.Payload));
                }

                break;
            case FrameType.Settings or FrameType.Ping:
                break;
            default:
                throw new InvalidOperationException($"The server sent a frame of type {frame.Type} with flags {frame.Flags}.");
        }

        if (frame.Type is FrameType.Data or FrameType.Headers && frame.HasFlag(FrameFlags.AckOrEndStream))
        {
            End(frame.Stream);
        }
    }

    private Call Find(int stream)
    {
        lock (_gate)
        {
            return _open[stream];
        }
    }

    private void End(int stream)
    {
        Call? call;
        lock (_gate)
        {
            _open.Remove(stream, out call);
        }

        _answered(this, call!);
        lock (_gate)
        {
            _idle.Push(call!);
        }
    }
}
