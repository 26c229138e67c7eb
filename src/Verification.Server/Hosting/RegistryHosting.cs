using Verification.Caching;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Configuration;
using Verification.Server.Hosting.Settings;
using Verification.Server.Telemetry;
using Verification.Storage.Sqlite;
using Verification.Storage.SqlServer;

namespace Verification.Server.Hosting;

/// <summary>Opens the registry.</summary>
internal static class RegistryHosting
{
    /// <summary>The key of the store itself, behind the node.</summary>
    public const string Store = "store";

    private const string FileName = "registry.db";

    /// <summary>Opens the registry, migrating it where needed; makes one only where that is asked for.</summary>
    /// <exception cref="StartRefusedException">It cannot be opened.</exception>
    public static async Task AddRegistryAsync(
        this WebApplicationBuilder builder, VerificationOptions options, RulebookLibrary rulebooks, TimeProvider timeProvider)
    {
        var digester = new IdentityDigester(Convert.FromBase64String(options.Identity.DigestKey!));
        var (registry, contents) = await OpenAsync(builder, options, digester.KeyId, rulebooks, timeProvider);

        builder.Services.AddSingleton(digester).AddSingleton(contents).AddHostedService<RegistryLog>()
            .AddSingleton(NodeDescription.Of(options, contents, timeProvider)).AddHostedService<StartSummary>();

        // Made by a factory, so that the container closes it. What the service sees is the node in front of it.
        builder.Services.AddKeyedSingleton<IPermitRegistry>(Store, (_, _) => registry);
        builder.Services.AddPermitLookup(
            services => services.GetRequiredKeyedService<IPermitRegistry>(Store),
            options.Lookup,
            rulebooks,
            services => FeedOf(services.GetRequiredKeyedService<IPermitRegistry>(Store)),
            digester.NameOf,
            services => (IPermitScan)services.GetRequiredKeyedService<IPermitRegistry>(Store));
    }

    /// <summary>SQL Server's connections are limited: the feed has its own. SQLite's are not.</summary>
    private static IPermitRegistry FeedOf(IPermitRegistry store) => store is SqlServerRegistry sqlServer ? sqlServer.Feed : store;

    private static async Task<(IPermitRegistry Registry, RegistryContents Contents)> OpenAsync(
        WebApplicationBuilder builder,
        VerificationOptions options,
        uint digestKeyId,
        RulebookLibrary rulebooks,
        TimeProvider timeProvider)
    {
        var create = options.Registry.CreateIfMissing;
        try
        {
            if (options.Registry.Provider == RegistryProvider.SqlServer)
            {
                // The host's own loggers come with the host, which is built on the registry.
                using var loggers = LoggerFactory.Create(
                    logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole().WriteAs(options.Telemetry.LogFormat, timeProvider));
                var logger = loggers.CreateLogger(typeof(RegistryHosting));
                var database = await SqlServerRegistry.OpenAsync(
                    options.Registry.SqlServerSettings,
                    create,
                    digestKeyId,
                    timeProvider,
                    CancellationToken.None,
                    why => Log.WaitsForRegistry(logger, why),
                    rulebooks);
                return (database, database.Contents);
            }

            if (create)
            {
                Directory.CreateDirectory(options.DataDirectory);
            }

            var file = await SqliteRegistry.OpenAsync(
                Path.Combine(options.DataDirectory, FileName), create, digestKeyId, timeProvider, CancellationToken.None, rulebooks);
            return (file, file.Contents);
        }
        catch (Exception cause) when (cause is RegistryUnavailableException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            var where = options.Registry.Provider == RegistryProvider.SqlServer ? "on SQL Server" : $"in '{options.DataDirectory}'";
            throw new StartRefusedException($"The registry {where} cannot be opened: {cause.Message}", cause);
        }
    }
}
