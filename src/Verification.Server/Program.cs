using System.Net.Sockets;
using System.Security.Cryptography;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Checks;
using Verification.Server.Configuration;
using Verification.Server.Errors;
using Verification.Server.Hosting;
using Verification.Server.Hosting.Demo;
using Verification.Server.Limits;
using Verification.Server.Registration;

namespace Verification.Server;

/// <summary>The permit verification service, from its arguments to its end.</summary>
internal static class Program
{
    /// <summary>Runs the service until it is told to stop.</summary>
    /// <returns>0, or 1 where it refuses to start.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = await CreateAsync(args, TimeProvider.System);
            await app.RunAsync();
            return 0;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync("The permit verification service does not start:");
            foreach (var problem in refusal.Problems)
            {
                await Console.Error.WriteLineAsync($"  - {problem}");
            }

            return 1;
        }
        catch (Exception cause) when (cause is IOException or SocketException or CryptographicException)
        {
            // An address that is in use or not to be had, or a certificate that cannot be read.
            await Console.Error.WriteLineAsync($"The permit verification service does not start: {cause.Message}");
            return 1;
        }
    }

    /// <summary>The whole service, ready to run.</summary>
    /// <param name="args">The command line; <c>--demo</c> makes a service to look around in, <c>--create</c> a registry where there is none.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="configure">A last word on the service, for tests.</param>
    /// <param name="rulebooks">The rulebooks; null means those of the product.</param>
    public static async Task<WebApplication> CreateAsync(
        string[] args,
        TimeProvider timeProvider,
        Action<WebApplicationBuilder>? configure = null,
        RulebookLibrary? rulebooks = null)
    {
        rulebooks ??= RulebookLibrary.Embedded;
        var demo = DemoMode.IsAskedFor(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = CreateSwitch.AsSetting(DemoMode.WithoutSwitch(args)),
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (demo)
        {
            builder.UseDemoConfiguration();
        }

        var startLog = new StartLog(builder.Logging);

        // Every section is read before any is refused.
        var problems = new StartProblems();
        problems.Try(builder.RequireUnicode);
        problems.Try(() => builder.AddConnections(timeProvider, demo));
        var options = problems.Try(builder.AddVerificationOptions)!;
        problems.Try(builder.AddLimits);
        problems.Try(() => builder.AddAccess(timeProvider, demo));
        problems.ThrowIfAny();

        builder.Services.AddSingleton(timeProvider).AddSingleton(rulebooks);
        await builder.AddRegistryAsync(options, rulebooks, timeProvider);
        builder.AddErrors().AddStreams().AddChecks().AddRegistration().AddDescription().AddHealth();
        if (demo)
        {
            builder.AddDemo(options);
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        startLog.EndWith(app.Lifetime.ApplicationStarted);
        return app.UseAccess().UseStreams().UseErrorReasons()
            .MapChecks().MapRegistration().MapDescription(withReflection: demo || builder.Environment.IsDevelopment()).MapHealth();
    }
}
