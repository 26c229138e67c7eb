using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Verification.Caching.Coherence;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;

namespace Verification.Caching;

/// <summary>Adds the lookup to a host.</summary>
public static class CachingServices
{
    /// <summary>
    /// Adds <see cref="IPermitLookup"/>, <see cref="LookupReadiness"/>, and as <see cref="IPermitRegistry"/> the store with its commits
    /// announced. The node runs with the host.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="store">Gives the system of record, each time the same. It is not disposed of here.</param>
    /// <param name="options">The settings, found good.</param>
    /// <param name="rulebooks">The rulebooks that lookups may name.</param>
    /// <param name="feed">Gives the store as the feed asks it (see <see cref="RegistryNode"/>); called once. By default the store itself.</param>
    /// <param name="permitDigest">Names a permit in the log (see <see cref="RegistryNode"/>).</param>
    /// <param name="scan">Gives the store as memory is filled from it at the start; needed where the settings say so.</param>
    public static IServiceCollection AddPermitLookup(
        this IServiceCollection services,
        Func<IServiceProvider, IPermitRegistry> store,
        CachingOptions options,
        RulebookLibrary rulebooks,
        Func<IServiceProvider, IChangeLog>? feed = null,
        Func<PermitNumber, string>? permitDigest = null,
        Func<IServiceProvider, IPermitScan>? scan = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RegistryNode(
            store(provider),
            store(provider),
            options,
            rulebooks,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            feed?.Invoke(provider),
            permitDigest,
            options.Memory.Preload ? scan?.Invoke(provider) : null));
        services.AddSingleton(provider => provider.GetRequiredService<RegistryNode>().Lookup);
        services.AddSingleton(provider => provider.GetRequiredService<RegistryNode>().Announcing(store(provider)));
        services.AddSingleton(provider => provider.GetRequiredService<RegistryNode>().Readiness);
        return services.AddHostedService<RegistryNodeService>();
    }
}
