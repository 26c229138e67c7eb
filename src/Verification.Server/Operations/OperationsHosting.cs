using Verification.Server.Limits;

namespace Verification.Server.Operations;

/// <summary>Adds the calls of those who run the service.</summary>
internal static class OperationsHosting
{
    /// <summary>Adds the calls and what they are made of.</summary>
    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddMessageLimit<OperationsRpc>(limits => limits.VerificationMessageBytes)
            .AddSingleton<NodeStatus>()
            .AddSingleton<OperationsRpc>();
        return builder;
    }

    /// <summary>Serves the calls.</summary>
    public static WebApplication MapOperations(this WebApplication app)
    {
        app.MapGrpcService<OperationsRpc>();
        return app;
    }
}
