using Verification.Audit.Files;
using Verification.Audit.Writing;
using Verification.Server.Configuration;
using Verification.Server.Errors;
using Verification.Server.Telemetry;

namespace Verification.Server.Auditing;

/// <summary>Adds the audit log, in which every answer leaves its record.</summary>
internal static class AuditHosting
{
    /// <summary>Adds the log. It is opened by <see cref="UseAudit"/>, when nothing is wrong with any setting.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="audit">How it is kept.</param>
    /// <param name="dataDirectory">The folder of the registry's files, in which it is unless it is put elsewhere.</param>
    /// <param name="isDemo">Whether it is the demo, which makes its own key.</param>
    /// <param name="problems">Takes what is wrong with its keys.</param>
    public static WebApplicationBuilder AddAudit(
        this WebApplicationBuilder builder, AuditOptions audit, string dataDirectory, bool isDemo, StartProblems problems)
    {
        var keys = isDemo || audit.SigningKeyFile is null ? null : problems.Try(() => AuditKeys.Read(audit));

        // By factories, so that the container closes what they make.
        builder.Services
            .AddSingleton(_ => keys ?? AuditKeys.ReadOrMake(audit))
            .AddSingleton(audit.OfLog(dataDirectory))
            .AddSingleton<IAuditFiles, AuditFiles>()
            .AddSingleton(Open)
            .AddSingleton<CheckCounts>()
            .AddSingleton<AuditMetrics>()
            .AddSingleton<IAuditTrail, AuditTrail>()
            .AddSingleton<RefusalRecords>()
            .AddSingleton<IRefusalRecords>(services => services.GetRequiredService<RefusalRecords>())
            .AddAuditDatabase(audit, dataDirectory)
            .AddHostedService<AuditLife>();
        return builder;
    }

    /// <summary>Opens the log, and tells what was found.</summary>
    /// <exception cref="StartRefusedException">It cannot be opened.</exception>
    public static WebApplication UseAudit(this WebApplication app)
    {
        var start = app.Services.GetRequiredService<AuditLog>().Start;
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<AuditLog>();
        Log.AuditLogOpened(logger, start.Log.Path, app.Services.GetRequiredService<AuditKeys>().Signing.Id.ToString());
        foreach (var cut in start.Cut)
        {
            Log.AuditTailCut(logger, cut.Segment, cut.Offset, cut.Detail, cut.Place);
        }

        foreach (var damage in start.Damage)
        {
            Log.AuditLogDamaged(logger, damage.Place, damage.Segment, damage.Offset, damage.Detail);
        }

        return app;
    }

    private static AuditLog Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<AuditLogOptions>();
        var keys = services.GetRequiredService<AuditKeys>();
        try
        {
            return AuditLog.Open(
                options,
                keys.Signing,
                keys.Former,
                services.GetRequiredService<IAuditFiles>(),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<CheckCounts>());
        }
        catch (AuditFolderInUseException cause)
        {
            throw new StartRefusedException(cause.Message, cause);
        }
        catch (Exception cause) when (cause is AuditUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The audit log in '{options.Folder}' cannot be opened: {cause.Message}", cause);
        }
    }
}
