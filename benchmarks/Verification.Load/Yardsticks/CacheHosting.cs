using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Verdicts;
using Verification.Load.MadeUp;
using Verification.Storage.Sqlite;
using ZiggyCreatures.Caching.Fusion;

namespace Verification.Load.Yardsticks;

/// <summary>Adds what the two servers with a cache need.</summary>
internal static class CacheHosting
{
    /// <summary>How long an entry lives: longer than a run, so that no reload is measured as a hit.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromHours(1);

    /// <summary>Adds store, rules and both caches.</summary>
    public static async Task AddCachesAsync(this WebApplicationBuilder builder, string registry)
    {
        var digester = new IdentityDigester(MadeUpPermits.DigestKey.AsSpan());
        var store = await SqliteRegistry.OpenAsync(registry, createIfMissing: false, digester.KeyId, TimeProvider.System, CancellationToken.None);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IPermitReader>(store)
            .AddSingleton<PermitStore>()
            .AddSingleton(new VerdictRules(digester))
            .AddHybridCache();
        builder.Services.AddFusionCache().WithDefaultEntryOptions(new FusionCacheEntryOptions { Duration = Expiry });
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<LoggingInterceptor>();
            options.Interceptors.Add<ApiKeyInterceptor>();
        });
        builder.Services.AddSingleton<LoggingInterceptor>().AddSingleton<ApiKeyInterceptor>();
    }
}
