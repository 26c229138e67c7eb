using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Verification.Page.Tests.Support;

/// <summary>A site of somebody else, whose page tries to get at the service by all that a browser lets it try.</summary>
internal sealed class HostileSite : IAsyncDisposable
{
    // Each attempt that came to nothing says "refused"; one that got anything says what.
    private const string Script =
        """
        const attempts = {
          async 'read the page'() { return (await fetch(target)).text(); },
          async 'read who is signed in'() { return (await fetch(target + 'v1/caller', { credentials: 'include' })).text(); },
          async 'ask with a key'() { return (await fetch(target + 'v1/caller', { headers: { authorization: 'Bearer demo-school' } })).text(); },
          async 'ask with JSON'() {
            return (await fetch(target + 'v1/permits:verify', { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}' })).text();
          },
          async 'read without asking'() {
            return (await (await fetch(target + 'v1/permits:verify', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"permitNumber":"BJ2024D00002"}' })).text())
              || Promise.reject(new Error('opaque'));
          },
          async 'look into a frame'() {
            const frame = document.createElement('iframe');
            frame.src = target;
            document.body.append(frame);
            await new Promise(resolve => frame.addEventListener('load', resolve));
            return frame.contentDocument?.body?.innerHTML || frame.contentWindow.document.title;
          },
          async 'run its code'() { return Object.keys(await import(target + 'page/api.js')).join(); },
          async 'run its code as a script'() {
            const script = document.createElement('script');
            script.src = target + 'page/words/codes.js';
            await new Promise((resolve, reject) => {
              script.addEventListener('load', resolve);
              script.addEventListener('error', () => reject(new Error('not loaded')));
              document.body.append(script);
            });
            return 'loaded';
          },
          async 'look into a window'() {
            const opened = window.open(target);
            await new Promise(resolve => setTimeout(resolve, 1000));
            return opened.document.title || Promise.reject(new Error('cut off'));
          },
        };
        window.attack = async () => Object.fromEntries(await Promise.all(Object.entries(attempts).map(async ([name, attempt]) => {
          try {
            return [name, await attempt()];
          } catch {
            return [name, 'refused'];
          }
        })));
        """;

    private readonly WebApplication _app;

    private HostileSite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts it.</summary>
    /// <param name="target">The service that it is after.</param>
    public static async Task<HostileSite> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync($"<!doctype html><title>Hostile</title><body><script>window.target = '{target}';\n{Script}</script>");
        });
        await app.StartAsync();
        return new HostileSite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
