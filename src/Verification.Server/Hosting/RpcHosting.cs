using Grpc.AspNetCore.Server;
using Verification.Server.Consumers.Limits;
using Verification.Server.Rpc;
using Verification.Server.Rpc.Import;

namespace Verification.Server.Hosting;

/// <summary>Adds the calls.</summary>
internal static class RpcHosting
{
    /// <summary>Adds the calls and what they are made of.</summary>
    public static WebApplicationBuilder AddRpc(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ErrorInterceptor>())
            .AddServiceOptions<VerificationRpc>(_ => { })
            .AddServiceOptions<RegistryRpc>(_ => { });
        builder.Services.AddOptions<GrpcServiceOptions<VerificationRpc>>()
            .Configure<ServerLimits>((grpc, limits) => grpc.MaxReceiveMessageSize = limits.VerificationMessageBytes);
        builder.Services.AddOptions<GrpcServiceOptions<RegistryRpc>>()
            .Configure<ServerLimits>((grpc, limits) => grpc.MaxReceiveMessageSize = limits.RegistryMessageBytes);
        builder.Services.AddGrpcReflection();
        builder.Services
            .AddSingleton<OpenStreams>()
            .AddHostedService(services => services.GetRequiredService<OpenStreams>())
            .AddSingleton<ErrorInterceptor>()
            .AddSingleton<PermitLookup>()
            .AddSingleton<Verifier>()
            .AddSingleton<OwnWrites>()
            .AddSingleton<RegistryImport>()
            .AddSingleton<VerificationRpc>()
            .AddSingleton<RegistryRpc>();
        return builder;
    }

    /// <summary>Serves the calls; their description by reflection only where people look around.</summary>
    public static WebApplication MapRpc(this WebApplication app, bool withReflection)
    {
        app.Use(ReasonForBareErrors.AddAsync);
        app.MapGrpcService<VerificationRpc>();
        app.MapGrpcService<RegistryRpc>();
        if (withReflection)
        {
            app.MapGrpcReflectionService().AllowAnonymous();
        }

        app.MapGet("/", () => "Permit verification service. Ask by gRPC; see /health/live and /health/ready.").AllowAnonymous();
        return app;
    }
}
