namespace Verification.Server.Hosting;

/// <summary>Tells what the server is, to those who look around.</summary>
internal static class DescriptionHosting
{
    /// <summary>Adds the calls' description by reflection.</summary>
    public static WebApplicationBuilder AddDescription(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpcReflection();
        return builder;
    }

    /// <summary>Serves a line by HTTP; the calls' description only where people look around.</summary>
    public static WebApplication MapDescription(this WebApplication app, bool withReflection)
    {
        if (withReflection)
        {
            app.MapGrpcReflectionService().AllowAnonymous();
        }

        app.MapGet("/", () => "Permit verification service. Ask by gRPC; see /health/live and /health/ready.").AllowAnonymous();
        return app;
    }
}
