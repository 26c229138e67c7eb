using Verification.Core.Registry;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting;

/// <summary>What a node stands on, in words without secrets.</summary>
/// <param name="Registry">The registry: what it stands on, and its id.</param>
/// <param name="Tiers">The tiers that answer, the nearest first.</param>
internal sealed record NodeDescription(string Registry, string Tiers)
{
    /// <summary>Of the settings, and of the registry that they led to.</summary>
    public static NodeDescription Of(VerificationOptions options, RegistryContents registry)
    {
        var store = options.Registry.Provider == RegistryProvider.SqlServer
            ? options.Registry.SqlServerSettings.ReplicaConnectionString is null ? "SQL Server" : "SQL Server with a replica"
            : "SQLite";
        return new NodeDescription(
            $"{store}, {registry.Head.RegistryId}",
            options.Lookup.Redis.ConnectionString is null ? "memory, registry" : "memory, Redis, registry");
    }
}
