using Verification.Server.Configuration;

namespace Verification.Server.Hosting.Settings;

/// <summary>Reads the service's own configuration.</summary>
internal static class OptionsHosting
{
    /// <summary>Reads and checks the options, before anything is opened.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="problems">Takes all that is wrong with them.</param>
    /// <returns>The options; not to be used where there is a problem.</returns>
    public static VerificationOptions ReadOptions(this IConfiguration configuration, StartProblems problems)
    {
        var reader = new SettingsReader(problems);
        var connections = reader.Read(configuration.GetSection("ConnectionStrings"), new ConnectionStringOptions());
        var options = new VerificationOptions();
        options.Registry.SqlServerSettings.ConnectionString = connections.Registry ?? string.Empty;
        options.Registry.SqlServerSettings.ReplicaConnectionString = connections.RegistryReplica;
        options.Audit.ConnectionString = connections.Audit ?? connections.Registry;
        options.Lookup.Redis.ConnectionString = connections.Redis;
        return reader.Read(configuration.GetSection(VerificationOptions.Section), options);
    }
}
