using Verification.Server.Json;
using Verification.Server.Limits;

namespace Verification.Server.AuditReading;

/// <summary>Adds the calls of those who read the audit log.</summary>
internal static class AuditReadingHosting
{
    /// <summary>Adds the calls and what they are made of.</summary>
    public static WebApplicationBuilder AddAuditReading(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddMessageLimit<AuditRpc>(limits => limits.VerificationMessageBytes)
            .AddSingleton<RecordPages>()
            .AddSingleton<Replay>()
            .AddSingleton<AuditRpc>();
        return builder;
    }

    /// <summary>Serves the calls.</summary>
    public static WebApplication MapAuditReading(this WebApplication app)
    {
        app.MapCalls<AuditRpc>();
        return app;
    }
}
