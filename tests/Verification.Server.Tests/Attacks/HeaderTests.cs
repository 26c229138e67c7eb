using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Attacks;

/// <summary>Headers over the limit, one or all together, end the call that has them, not the connection that others share; only twice as much does.</summary>
public sealed class HeaderTests
{
    private const int FrameSize = 16 * 1024;
    private const string Path = "/permits.verification.v1.VerificationService/VerifyPermit";

    [Theory]
    [InlineData(1, 17_000)]
    [InlineData(1, 30_000)]
    [InlineData(2, 15_000)]
    [InlineData(25, 1_000)]
    public async Task Headers_OverTheLimit_EndTheirCallAlone(int count, int size)
    {
        await using var server = await TestServer.StartAsync();
        using var socket = await Http2Socket.ConnectAsync(server.Address);
        await CallAsync(socket, 1, [.. Enumerable.Range(0, count).Select(i => ($"x-{i}", new string('a', size)))]);
        await CallAsync(socket, 3, []);

        var answered = new HashSet<int>();
        while (!answered.IsSupersetOf([1, 3]))
        {
            var (type, stream) = await socket.ReadFrameAsync();
            Assert.NotEqual(Http2Socket.GoAway, type);
            if (type == Http2Socket.Headers)
            {
                answered.Add(stream);
            }
        }
    }

    private static async Task CallAsync(Http2Socket socket, int stream, (string Name, string Value)[] headers)
    {
        var block = Http2Socket.Call(Path, headers);
        for (var at = 0; at < block.Length; at += FrameSize)
        {
            var piece = block.AsSpan(at, Math.Min(FrameSize, block.Length - at)).ToArray();
            var flags = (byte)((at == 0 ? Http2Socket.EndStream : 0) | (at + piece.Length == block.Length ? Http2Socket.EndHeaders : 0));
            await socket.WriteAsync(Http2Socket.Frame(at == 0 ? Http2Socket.Headers : Http2Socket.Continuation, flags, stream, piece));
        }
    }
}
