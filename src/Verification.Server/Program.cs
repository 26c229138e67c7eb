using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.AuditReading;
using Verification.Server.Checks;
using Verification.Server.Configuration;
using Verification.Server.Errors;
using Verification.Server.Hosting;
using Verification.Server.Hosting.Demo;
using Verification.Server.Hosting.Settings;
using Verification.Server.Json;
using Verification.Server.Json.Description;
using Verification.Server.Limits;
using Verification.Server.Operations;
using Verification.Server.Page;
using Verification.Server.Registration;
using Verification.Server.Telemetry;

namespace Verification.Server;

/// <summary>The permit verification service, from its arguments to its end.</summary>
internal static class Program
{
    /// <summary>Runs the service until it is told to stop; with <c>--health</c> asks the one that runs here by the same settings.</summary>
    /// <returns>0, or 1 where it refuses to start, or is not ready.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (HealthProbe.IsAskedFor(args))
            {
                return await HealthProbe.RunAsync(CreateBuilder(HealthProbe.WithoutSwitch(args)).Configuration, Console.Out);
            }

            await using var app = await CreateAsync(args, TimeProvider.System);
            await app.RunAsync();
            return 0;
        }
        catch (StartRefusedException refusal)
        {
            return await RefuseAsync(refusal.Problems);
        }
        catch (IOException cause)
        {
            // An address that is in use.
            return await RefuseAsync([cause.Message]);
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
        string[] settings = CreateSwitch.AsSetting(DemoMode.WithoutSwitch(args));
        var builder = CreateBuilder(settings);

        // Every section is read before any is refused.
        var problems = new StartProblems();
        CommandLine.Check(settings, problems);
        if (demo)
        {
            builder.UseDemoConfiguration(problems);
        }

        var startLog = new StartLog(builder.Logging);
        problems.Try(builder.RequireUnicode);
        var options = AddSettings(builder, timeProvider, demo, problems);
        problems.ThrowIfAny();

        builder.Services.AddSingleton(timeProvider).AddSingleton(rulebooks);
        await builder.AddRegistryAsync(options, rulebooks, timeProvider);
        builder.WithoutRequestScopes().AddErrors().AddJson().AddStreams().AddChecks().AddRegistration().AddAuditReading().AddOperations().AddDescription().AddHealth();
        if (demo)
        {
            builder.AddDemo(options);
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        startLog.EndWith(app.Lifetime.ApplicationStarted);
        return app.UseAudit().UseTelemetry().UseChecksAtOnce().UseAccess().UseStreams().UseErrorReasons()
            .MapChecks().MapRegistration().MapAuditReading().MapOperations().MapApiPages().MapDescription(withReflection: demo || builder.Environment.IsDevelopment())
            .MapHealth().MapPage().MapDemo(demo);
    }

    /// <summary>Reads all settings and adds what they say, but for the registry, which is opened only where nothing is wrong.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="demo">Whether it is the demo.</param>
    /// <param name="problems">Takes all that is wrong with them.</param>
    internal static VerificationOptions AddSettings(
        WebApplicationBuilder builder, TimeProvider timeProvider, bool demo, StartProblems problems)
    {
        var options = builder.Configuration.ReadOptions(problems);
        builder.AddConnections(options.AllowCleartextBeyondLoopback, timeProvider, demo, problems);
        builder.AddLimits(options.Limits)
            .AddTelemetry(options.Telemetry, timeProvider)
            .AddAccess(options.Access, timeProvider, demo, problems)
            .AddAudit(options.Audit, options.DataDirectory, demo, problems);
        return options;
    }

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            return WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        }
        catch (Exception cause) when (cause is FormatException or InvalidDataException)
        {
            // An argument of another form than --key=value, or an appsettings.json that cannot be read.
            throw new StartRefusedException(cause.GetBaseException().Message, cause);
        }
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> problems)
    {
        await Console.Error.WriteLineAsync("The permit verification service does not start:");
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"  - {problem}");
        }

        return 1;
    }
}
