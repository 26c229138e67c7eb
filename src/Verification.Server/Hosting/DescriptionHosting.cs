namespace Verification.Server.Hosting;

/// <summary>Tells programs which calls there are, where people look around.</summary>
internal static class DescriptionHosting
{
    /// <summary>Adds the calls' description by reflection.</summary>
    public static WebApplicationBuilder AddDescription(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpcReflection();
        return builder;
    }

    /// <summary>Serves the calls' description, only where people look around.</summary>
    public static WebApplication MapDescription(this WebApplication app, bool withReflection)
    {
        if (withReflection)
        {
            app.MapGrpcReflectionService().AllowAnonymous();
        }

        return app;
    }
}
