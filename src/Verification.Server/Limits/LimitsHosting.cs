using Grpc.AspNetCore.Server;
using Verification.Server.Configuration;

namespace Verification.Server.Limits;

/// <summary>Adds what this node does at most.</summary>
internal static class LimitsHosting
{
    /// <summary>Reads the limits of the node.</summary>
    /// <exception cref="StartRefusedException">A limit makes no sense.</exception>
    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        var limits = new ServerLimits();
        var reader = new OptionsReader();
        reader.Read(builder.Configuration.GetSection(ServerLimits.Section), limits);
        var problems = new StartProblems();
        problems.Add(reader.Problems);
        problems.Add(limits.Problems());
        problems.ThrowIfAny();
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
