using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Verification.TestSupport;

/// <summary>
/// A Redis on a socket of loopback that answers as it is told. What it is not told to answer, it answers so that a client takes it for
/// an empty Redis in good order.
/// </summary>
public sealed class FakeRedis : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly FakeRedisAnswer _answer;
    private readonly Task _accepting;
    private int _commands;

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers a command.</param>
    public FakeRedis(FakeRedisAnswer answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string ConnectionString => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port},connectTimeout=1000";

    /// <summary>How many commands it got.</summary>
    public int Commands => _commands;

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_serving);
        _stopped.Dispose();
    }

    /// <summary>What a Redis in good order, without any value, answers a command that a client opens its connection with.</summary>
    private static string UsualAnswer(string[] command) => command[0].ToUpperInvariant() switch
    {
        "HELLO" => "-ERR unknown command 'HELLO'\r\n",
        "CLIENT" when Is(command, "ID") => ":1\r\n",
        "CONFIG" => "*0\r\n",
        "INFO" => Bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n# Replication\r\nrole:master\r\n"),
        "CLUSTER" => "-ERR This instance has cluster support disabled\r\n",
        "SENTINEL" => "-ERR unknown command 'SENTINEL'\r\n",
        "PING" => "+PONG\r\n",
        "ECHO" => Bulk(command[1]),
        "GET" => "$-1\r\n",
        "MGET" => $"*{command.Length - 1}\r\n{string.Concat(Enumerable.Repeat("$-1\r\n", command.Length - 1))}",
        "PUBLISH" => ":0\r\n",
        "SUBSCRIBE" => $"*3\r\n{Bulk("subscribe")}{Bulk(command[1])}:1\r\n",
        _ => "+OK\r\n",
    };

    private static bool Is(string[] command, string second) =>
        command.Length > 1 && command[1].Equals(second, StringComparison.OrdinalIgnoreCase);

    private static string Bulk(string text) => $"${Encoding.Latin1.GetByteCount(text)}\r\n{text}\r\n";

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopped.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            Assert.True(_stopped.IsCancellationRequested, exception.Message);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await ReadAsync(reader) is { } command)
            {
                Interlocked.Increment(ref _commands);
                if (_answer(command, () => UsualAnswer(command)) is not { } answer)
                {
                    return;
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stopped.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or FormatException)
        {
            // The client or the test hung up.
        }
    }

    /// <summary>Reads a command: an array of bulk strings.</summary>
    private async Task<string[]?> ReadAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync(_stopped.Token) is not { Length: > 1 } head)
        {
            return null;
        }

        var command = new string[int.Parse(head.AsSpan(1), CultureInfo.InvariantCulture)];
        for (var i = 0; i < command.Length; i++)
        {
            var length = await reader.ReadLineAsync(_stopped.Token) ?? throw new EndOfStreamException();
            var bytes = new char[int.Parse(length.AsSpan(1), CultureInfo.InvariantCulture) + 2];
            if (await reader.ReadBlockAsync(bytes, _stopped.Token) < bytes.Length)
            {
                return null;
            }

            command[i] = new string(bytes, 0, bytes.Length - 2);
        }

        return command;
    }
}
