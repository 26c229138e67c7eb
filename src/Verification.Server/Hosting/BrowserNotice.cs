using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Verification.Server.Hosting;

/// <summary>
/// Tells a person whose browser opened the port for gRPC where the page is. The framework would say that HTTP/1.x was sent to an HTTP/2
/// endpoint. It looks at the first bytes of a connection, once.
/// </summary>
/// <param name="pageUrl">Where a browser is answered; null where it is nowhere.</param>
internal sealed class BrowserNotice(string? pageUrl)
{
    // Who sends nothing for so long is left to the framework, which has limits for that, and counts real time as they do.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly byte[] Get = "GET "u8.ToArray();

    private readonly byte[] _answer = Answer(pageUrl);

    /// <summary>Runs a connection.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        if (!await BeginsWithGetAsync(connection, patience.Token))
        {
            await next(connection);
            return;
        }

        await connection.Transport.Output.WriteAsync(_answer, connection.ConnectionClosed);
        await connection.Transport.Output.CompleteAsync();
        await UntilClosedAsync(connection, patience.Token);
    }

    private static async Task<bool> BeginsWithGetAsync(ConnectionContext connection, CancellationToken patience)
    {
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(patience);
                var start = read.Buffer.Slice(0, Math.Min(Get.Length, read.Buffer.Length)).ToArray();
                var isWhole = start.Length == Get.Length || !Get.AsSpan().StartsWith(start) || read.IsCompleted;
                input.AdvanceTo(read.Buffer.Start, isWhole ? read.Buffer.Start : read.Buffer.End);
                if (isWhole)
                {
                    return start.AsSpan().SequenceEqual(Get);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The framework meets a broken connection again, and knows what to do.
            return false;
        }
    }

    /// <summary>Reads on until the browser has hung up: a connection closed with something unread may lose its answer.</summary>
    private static async Task UntilClosedAsync(ConnectionContext connection, CancellationToken patience)
    {
        try
        {
            while (await connection.Transport.Input.ReadAsync(patience) is { IsCompleted: false, Buffer.End: var end })
            {
                connection.Transport.Input.AdvanceTo(end);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The answer was sent; whether it was read to its end nobody needs to know.
        }
    }

    private static byte[] Answer(string? pageUrl)
    {
        var url = WebUtility.HtmlEncode(pageUrl);
        var (english, chinese) = url is null
            ? ("It has no page for browsers here.", "此处没有供浏览器使用的页面。")
            : ($"""The page for browsers is at <a href="{url}">{url}</a>.""", $"""供浏览器使用的页面在 <a href="{url}">{url}</a>。""");
        var page = Encoding.UTF8.GetBytes($"""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>For programs · 供程序使用</title>
            <h1>This port is for programs (gRPC)</h1>
            <p>{english}</p>
            <h1 lang="zh-CN">此端口供程序使用（gRPC）</h1>
            <p lang="zh-CN">{chinese}</p>
            </html>
            """);
        var head = Encoding.ASCII.GetBytes(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html; charset=utf-8\r\n"
            + $"Content-Length: {page.Length}\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
            + "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");
        return [.. head, .. page];
    }
}
