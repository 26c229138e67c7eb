using Grpc.AspNetCore.Server;

namespace Verification.Server.Limits;

/// <summary>Adds what this node does at most.</summary>
internal static class LimitsHosting
{
    /// <summary>Adds the limits of the node.</summary>
    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder, ServerLimits limits)
    {
        builder.Services.AddSingleton(limits).AddSingleton<ChecksInFlight>();
        return builder;
    }

    /// <summary>Bounds the messages of a service.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="bytes">The largest message, in bytes.</param>
    public static IServiceCollection AddMessageLimit<TService>(this IServiceCollection services, Func<ServerLimits, int> bytes)
        where TService : class
    {
        services.AddOptions<GrpcServiceOptions<TService>>()
            .Configure<ServerLimits>((grpc, limits) => grpc.MaxReceiveMessageSize = bytes(limits));
        return services;
    }
}
