namespace Verification.Server.Hosting;

/// <summary>Adds the end of streams when the server stops.</summary>
internal static class StreamsHosting
{
    /// <summary>Adds the count of open streams.</summary>
    public static WebApplicationBuilder AddStreams(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OpenStreams>().AddHostedService(services => services.GetRequiredService<OpenStreams>());
        return builder;
    }

    /// <summary>Counts the streams among everything that is served after it.</summary>
    public static WebApplication UseStreams(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<OpenStreams>().Before);
        return app;
    }
}
