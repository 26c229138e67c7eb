using Grpc.AspNetCore.Server.Model;
using Verification.Server.Checks.Again;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Checks.Batches;
using Verification.Server.Json;
using Verification.Server.Limits;

namespace Verification.Server.Checks;

/// <summary>Adds the calls of those who ask about permits.</summary>
internal static class ChecksHosting
{
    /// <summary>Adds the calls and what they are made of.</summary>
    public static WebApplicationBuilder AddChecks(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddMessageLimit<VerificationRpc>(limits => limits.VerificationMessageBytes)
            .AddSingleton<BoundedLookup>()
            .AddSingleton<Days>()
            .AddSingleton<Inquiries>()
            .AddSingleton<CheckReader>()
            .AddSingleton<TimelineAnswers>()
            .AddSingleton<Verifier>()
            .AddSingleton<ChecksAtOnce>()
            .AddSingleton<DirectCalls>()
            .AddSingleton<CheckAgain>()
            .AddSingleton<RecordFinder>()
            .AddSingleton<ReadingRecords>()
            .AddSingleton<OwnChecks>()
            .AddSingleton<VerificationRpc>()
            .AddSingleton<IServiceMethodProvider<VerificationRpc>, BatchMethods>();
        return builder;
    }

    /// <summary>Answers single checks before everything that is served after it, where nothing need be waited for.</summary>
    public static WebApplication UseChecksAtOnce(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<DirectCalls>().Before);
        return app;
    }

    /// <summary>Serves the calls.</summary>
    public static WebApplication MapChecks(this WebApplication app)
    {
        app.MapCalls<VerificationRpc>();
        return app;
    }
}
