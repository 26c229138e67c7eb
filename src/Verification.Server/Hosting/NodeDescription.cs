using Verification.Core.Registry;
using Verification.Server.Hosting.Settings;

namespace Verification.Server.Hosting;

/// <summary>What a node stands on, in words without secrets.</summary>
/// <param name="Store">What the registry stands on.</param>
/// <param name="RegistryId">The registry that was opened.</param>
/// <param name="Tiers">The tiers that answer, the nearest first.</param>
/// <param name="StartedAt">Since when it runs.</param>
internal sealed record NodeDescription(string Store, Guid RegistryId, string Tiers, DateTimeOffset StartedAt)
{
    /// <summary>Of the settings, and of the registry that they led to.</summary>
    public static NodeDescription Of(VerificationOptions options, RegistryContents registry, TimeProvider clock)
    {
        var store = options.Registry.Provider == RegistryProvider.SqlServer
            ? options.Registry.SqlServerSettings.ReplicaConnectionString is null ? "SQL Server" : "SQL Server with a replica"
            : "SQLite";
        return new NodeDescription(
            store,
            registry.Head.RegistryId,
            options.Lookup.Redis.ConnectionString is null ? "memory, registry" : "memory, Redis, registry",
            clock.GetUtcNow());
    }
}
