using Verification.Server.Json;
using Verification.Server.Limits;
using Verification.Server.Registration.Import;

namespace Verification.Server.Registration;

/// <summary>Adds the calls of the issuing authority.</summary>
internal static class RegistrationHosting
{
    /// <summary>Adds the calls and what they are made of.</summary>
    public static WebApplicationBuilder AddRegistration(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddMessageLimit<RegistryRpc>(limits => limits.RegistryMessageBytes)
            .AddSingleton<OwnWrites>()
            .AddSingleton<PermitProcedureAnswers>()
            .AddSingleton<RegistryImport>()
            .AddSingleton<RegistryRpc>();
        return builder;
    }

    /// <summary>Serves the calls.</summary>
    public static WebApplication MapRegistration(this WebApplication app)
    {
        app.MapCalls<RegistryRpc>();
        return app;
    }
}
