using System.Net.Sockets;
using System.Text;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Hosting;

/// <summary>A browser that opens the port for gRPC is told where the page is; everything else there is as it was.</summary>
public sealed class BrowserNoticeTests
{
    [Fact]
    public async Task GrpcPort_OpenedInABrowser_SaysWhereThePageIs()
    {
        var page = LoopbackPort.Free();
        await using var server = await TestServer.StartAsync(args: $"--Kestrel:Endpoints:Http:Url=http://127.0.0.1:{page}");

        var answer = await SendAsync(server.Address, "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"http://127.0.0.1:{page}\">", answer, StringComparison.Ordinal);
        Assert.Contains("供程序使用", answer, StringComparison.Ordinal);
        Assert.EndsWith("</html>", answer.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrpcPort_RequestInPieces_SaysWhereThePageIs()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Contains("gRPC", await SendAsync(server.Address, "G", "E", "T / HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GETTING / HTTP/1.1\r\n\r\n")]
    public async Task GrpcPort_NoBrowsersRequest_IsTheFrameworksToRefuse(string request)
    {
        await using var server = await TestServer.StartAsync();

        Assert.DoesNotContain("<html", await SendAsync(server.Address, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpPort_OpenedInABrowser_IsAnsweredAsEver()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await SendAsync(new Uri(server.Addresses[1]), "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(Uri address, params string[] pieces)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), TestContext.Current.CancellationToken);
            await Task.Yield();
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
