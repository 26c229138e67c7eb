using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Verification.FakeService;

/// <summary>A service on a free port of loopback that answers by a script.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeService(WebApplication application, Script script)
    {
        _application = application;
        Script = script;
        Address = new Uri(application.Urls.Single());
    }

    public Script Script { get; }

    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="listen">How its port speaks. Default: HTTP/2 in clear text.</param>
    /// <param name="port">Its port; 0 means a free one.</param>
    public static async Task<FakeService> StartAsync(Action<ListenOptions>? listen = null, int port = 0)
    {
        var script = new Script();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(script);
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen ?? (endpoint => endpoint.Protocols = HttpProtocols.Http2)));
        var application = builder.Build();
        application.MapGrpcService<FakeVerification>();
        application.MapGrpcService<FakeRegistry>();
        application.MapGrpcService<FakeAudit>();
        application.MapGrpcService<FakeHealth>();
        await application.StartAsync();
        return new FakeService(application, script);
    }

    /// <summary>Stops without a grace for the calls that still run.</summary>
    public Task AbortAsync() => _application.StopAsync(new CancellationToken(canceled: true));

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
