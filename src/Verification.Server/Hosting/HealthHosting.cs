using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Auditing;

namespace Verification.Server.Hosting;

/// <summary>
/// Tells whether the server works: grpc.health.v1 beside the calls, <c>/health/ready</c> and <c>/health/live</c> by HTTP. Open to all. From the
/// moment it begins to stop it is not ready, while the calls under way still finish; it is live until its process ends.
/// </summary>
internal static class HealthHosting
{
    /// <summary>The check that is about <c>VerificationService</c> alone.</summary>
    private const string Checks = "checks";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the health checks and the time that calls get to finish.</summary>
    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        // It would log an error for every probe of a node that is not ready, also of one that stops as it should; what is wrong logs itself, once.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        builder.Services.AddSingleton<RegistryHealthCheck>().AddSingleton<AuditHealthCheck>().AddSingleton<NodeMetrics>();

        // Clients that watch the health of what they call ask by the service's name; the empty name is the server's own.
        builder.Services.AddGrpcHealthChecks(health =>
            {
                health.Services.Map(string.Empty, check => check.Name != Checks);
                health.Services.Map(RegistryService.Descriptor.FullName, check => check.Name != Checks);
                health.Services.Map(VerificationService.Descriptor.FullName, _ => true);
            })
            .AddCheck<StoppingHealthCheck>("stopping")
            .AddCheck<RegistryHealthCheck>("registry")
            .AddCheck<AuditHealthCheck>("audit")
            .AddCheck<ChecksHealthCheck>(Checks);
        return builder;
    }

    /// <summary>Serves the health checks.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        // Nobody asks for it: who listens finds it by its name.
        _ = app.Services.GetRequiredService<NodeMetrics>();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Name != Checks, ResponseWriter = WriteAsync }).AllowAnonymous();
        return app;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            reasons = report.Entries
                .Where(entry => entry.Value.Status != HealthStatus.Healthy)
                .ToDictionary(entry => entry.Key, entry => entry.Value.Description),
        });
}
