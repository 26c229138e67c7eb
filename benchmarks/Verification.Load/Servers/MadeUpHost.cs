using Microsoft.Extensions.DependencyInjection.Extensions;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Load.MadeUp;
using Verification.Server.Hosting;

namespace Verification.Load.Servers;

/// <summary>The service, all of it but its store.</summary>
internal static class MadeUpHost
{
    /// <summary>Serves until the process ends.</summary>
    /// <param name="count">How many permits the registry has.</param>
    /// <param name="arguments">The service's own.</param>
    public static async Task RunAsync(int count, string[] arguments)
    {
        var permits = new MadeUpPermits(Calendar.DateInBeijing(TimeProvider.System.GetUtcNow()));
        var registry = new MadeUpRegistry(permits, count, TimeProvider.System);
        await using var app = await Server.Program.CreateAsync(
            arguments,
            TimeProvider.System,
            builder => builder.Services.Replace(ServiceDescriptor.KeyedSingleton<IPermitRegistry>(RegistryHosting.Store, registry)));
        await app.RunAsync();
    }
}
