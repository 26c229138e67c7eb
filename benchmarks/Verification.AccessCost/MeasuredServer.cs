using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Verification.Caching;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Checks;
using Verification.Server.Configuration;
using Verification.Server.Errors;
using Verification.Server.Hosting;

namespace Verification.AccessCost;

/// <summary>The service with a registry in memory; with its gate, or with everyone taken for the one consumer without a look.</summary>
internal static class MeasuredServer
{
    /// <summary>The consumer's key.</summary>
    public const string Key = "pv_measured";

    /// <summary>The key of a consumer that may ask about one unknown number in a minute.</summary>
    public const string WalkerKey = "pv_walker";

    private static readonly string[] Settings =
    [
        "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
        "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
        "--Verification:Identity:DigestKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "--Verification:Registry:CreateIfMissing=true",
        "--Verification:Consumers:measured:Class=school",
        "--Verification:Consumers:measured:Roles:0=verify",
        $"--Verification:Consumers:measured:Keys:0:Sha256={DigestOf(Key)}",
        "--Verification:Consumers:measured:Limits:ChecksPerSecond=1000000",
        "--Verification:Consumers:measured:Limits:CheckBurst=1000000",
        "--Verification:Consumers:walker:Class=school",
        "--Verification:Consumers:walker:Roles:0=verify",
        $"--Verification:Consumers:walker:Keys:0:Sha256={DigestOf(WalkerKey)}",
        "--Verification:Consumers:walker:Limits:UnknownPerMinute=1",
        "--Verification:Consumers:walker:Limits:UnknownBurst=1",
    ];

    /// <summary>Serves until standard input ends; tells its address first.</summary>
    public static async Task RunAsync(bool withGate)
    {
        var folder = Directory.CreateTempSubdirectory("access-cost-").FullName;
        string[] args = [.. Settings, $"--Verification:DataDirectory={folder}"];
        await using (var app = withGate
            ? await Server.Program.CreateAsync(args, TimeProvider.System, Quietly)
            : CreateWithoutGate(args))
        {
            await app.StartAsync();
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            await Console.Out.WriteLineAsync(address);
            await Console.In.ReadToEndAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string DigestOf(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    private static WebApplication CreateWithoutGate(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var problems = new StartProblems();
        var options = Server.Program.AddSettings(builder, TimeProvider.System, demo: false, problems);
        problems.ThrowIfAny();
        builder.Services.AddSingleton(new IdentityDigester(Convert.FromBase64String(options.Identity.DigestKey!)));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(RulebookLibrary.Embedded);
        builder.Services.AddPermitLookup(_ => new MemoryRegistry(), options.Lookup, RulebookLibrary.Embedded);
        builder.AddErrors().AddChecks().AddHealth();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.WithoutFrameworkGate().UseRouting();

        var credential = ApiKey.FromText(Key)!;
        var set = app.Services.GetRequiredService<ConsumerDirectory>().Current;
        var user = new ClaimsPrincipal(new ConsumerIdentity(Schemes.ApiKey, credential, credential.Admit(set, TimeProvider.System.GetUtcNow())));
        app.Use(next => context =>
        {
            context.User = user;
            return next(context);
        });
        app.Use(Askers.Before);
        return app.UseErrorReasons().MapChecks();
    }

    private static void Quietly(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.KeyedSingleton<IPermitRegistry, MemoryRegistry>(RegistryHosting.Store));
    }
}
