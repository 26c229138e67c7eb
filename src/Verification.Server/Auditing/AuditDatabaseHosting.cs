using Verification.Audit.Copying;
using Verification.Audit.Storing;
using Verification.Audit.Writing;
using Verification.Server.Telemetry;

namespace Verification.Server.Auditing;

/// <summary>Adds the audit database and the copier. Nothing is opened here: the database may not be there yet, and the server starts all the same.</summary>
internal static class AuditDatabaseHosting
{
    private const string FileName = "audit.db";

    /// <summary>How long a call to SQL Server may take; a copy's largest is 4 MiB.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds them.</summary>
    /// <param name="services">The services.</param>
    /// <param name="audit">Where the database is, and how the log is copied.</param>
    /// <param name="dataDirectory">The folder of the database's file, where it is none on SQL Server.</param>
    public static IServiceCollection AddAuditDatabase(this IServiceCollection services, AuditOptions audit, string dataDirectory) => services
        .AddSingleton(_ => Make(audit, dataDirectory))
        .AddSingleton<IAuditRecords>(provider => provider.GetRequiredService<AuditDatabase>())
        .AddSingleton(provider => MakeCopier(provider, audit));

    private static AuditDatabase Make(AuditOptions audit, string dataDirectory) => audit.ConnectionString is { } connectionString
        ? AuditDatabase.OnSqlServer(connectionString, CallTimeout)
        : AuditDatabase.OnSqlite(Path.Combine(dataDirectory, FileName));

    private static AuditCopier MakeCopier(IServiceProvider services, AuditOptions audit)
    {
        var log = services.GetRequiredService<AuditLog>();
        var logger = services.GetRequiredService<ILogger<AuditCopier>>();
        return new AuditCopier(
            audit.OfCopier(services.GetRequiredService<AuditLogOptions>().Folder),
            services.GetRequiredService<AuditDatabase>(),
            log,
            services.GetRequiredService<TimeProvider>(),
            error =>
            {
                if (error is not null)
                {
                    Log.AuditLogNotCopied(logger, error);
                }
                else
                {
                    Log.AuditLogCopiedAgain(logger);
                }
            });
    }
}
