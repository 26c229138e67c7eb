using System.Globalization;
using StackExchange.Redis;

namespace Verification.Load.Yardsticks;

/// <summary>Serves one yardstick: the same Kestrel, the same garbage collector and the same level of logging as the service.</summary>
internal static class YardstickHost
{
    /// <summary>Serves until the process ends.</summary>
    public static async Task RunAsync(YardstickKind kind, int port, YardstickSettings settings)
    {
        await using var app = await CreateAsync(kind, port, settings);
        await app.RunAsync();
    }

    /// <summary>The server, not yet started.</summary>
    public static async Task<WebApplication> CreateAsync(YardstickKind kind, int port, YardstickSettings settings)
    {
        // The service's own appsettings.json lies beside this program: what it logs and how it listens is the same, but for the addresses.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["Kestrel:Endpoints:Grpc:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        builder.Configuration["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0";
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(settings);
        switch (kind)
        {
            case YardstickKind.Redis:
                var redis = await ConnectionMultiplexer.ConnectAsync(settings.Redis!);
                await redis.GetDatabase().StringSetAsync(RedisService.Key, new byte[RedisService.ValueLength]);
                builder.Services.AddSingleton<IConnectionMultiplexer>(redis).AddGrpc();
                break;
            case YardstickKind.Hybrid or YardstickKind.Fusion:
                await builder.AddCachesAsync(settings.Registry!);
                break;
            default:
                builder.Services.AddGrpc();
                break;
        }

        var app = builder.Build();
        _ = kind switch
        {
            YardstickKind.Echo => app.MapGrpcService<EchoService>(),
            YardstickKind.Redis => app.MapGrpcService<RedisService>(),
            YardstickKind.Dapper => app.MapGrpcService<DapperService>(),
            YardstickKind.Hybrid => app.MapGrpcService<HybridService>(),
            _ => app.MapGrpcService<FusionService>(),
        };
        return app;
    }
}
