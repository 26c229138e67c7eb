namespace Verification.Server.Errors;

/// <summary>Adds how calls end that are not answered.</summary>
internal static class ErrorsHosting
{
    /// <summary>Adds gRPC itself, with every error that leaves it one of the contract.</summary>
    public static WebApplicationBuilder AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<Refusals>()
            .AddSingleton<LogPace>()
            .AddSingleton<ErrorInterceptor>()
            .AddSingleton<ReasonForBareErrors>()
            .AddSingleton<UnknownPaths>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ErrorInterceptor>());
        return builder;
    }

    /// <summary>Gives the framework's own refusals a reason, for everything that is served after it.</summary>
    public static WebApplication UseErrorReasons(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<ReasonForBareErrors>().AddAsync);
        return app;
    }
}
