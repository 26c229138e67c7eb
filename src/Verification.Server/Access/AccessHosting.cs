using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Verification.Server.Access.Consumers;
using Verification.Server.Access.Settings;
using Verification.Server.Configuration;
using Verification.Server.Errors;
using Verification.Server.Limits;

namespace Verification.Server.Access;

/// <summary>Adds the consumers: who they are, how they prove it, and the gate that every call goes through.</summary>
internal static class AccessHosting
{
    // By these the host knows that it need not put the two middlewares in front of everything by itself.
    private static readonly string[] MiddlewareMarks = ["__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet"];

    /// <summary>Adds the consumers, the schemes and the policies.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="access">Who gets in.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="isDemo">Whether the demo's keys are let in.</param>
    /// <param name="problems">Has what is wrong so far, and takes what is wrong with these; where there is a problem nothing is added.</param>
    public static WebApplicationBuilder AddAccess(
        this WebApplicationBuilder builder, AccessOptions access, TimeProvider timeProvider, bool isDemo, StartProblems problems)
    {
        var authority = problems.Try(() => new CertificateAuthority(access.Certificates));
        var reader = new ConsumerSetReader(access, new Budgets(timeProvider), isDemo);
        var file = access.ConsumersFile is { } path ? new ConsumersFile(Path.GetFullPath(path), reader) : null;
        var consumers = file is null ? reader.Read([], problems) : file.ReadIfChanged(problems);
        if (authority is null || consumers is null)
        {
            return builder;
        }

        var directory = new ConsumerDirectory(consumers);

        // Made by a factory, so that the container closes it.
        builder.Services.AddSingleton(_ => authority);
        builder.Services
            .AddSingleton(access)
            .AddSingleton(directory)
            .AddSingleton<ConsumerGate>()
            .AddSingleton<ExhaustedGate>()
            .AddSingleton<Askers>()
            .AddSingleton<IUnreadMessages, UnreadCost>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, RpcAuthorizationResult>();
        if (file is not null)
        {
            builder.Services.AddSingleton(file).AddSingleton<ConsumersFileWatch>()
                .AddHostedService(services => services.GetRequiredService<ConsumersFileWatch>());
        }

        // What a scheme found is told once, by the gate; the framework would tell it twice more.
        builder.Logging.AddFilter(typeof(ApiKeyHandler).FullName, LogLevel.Warning)
            .AddFilter(typeof(CertificateHandler).FullName, LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning);
        AddSchemes(builder.Services, access, timeProvider);
        builder.Services.AddAuthorization(Policies.Add);

        // The gate stands in for the authorization middleware where it recalls a decision; routing need not look for that one.
        builder.Services.Configure<RouteOptions>(routing => routing.SuppressCheckForUnhandledSecurityMetadata = true);
        return builder;
    }

    /// <summary>Puts the gate before everything that is served after it.</summary>
    public static WebApplication UseAccess(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<ConsumerGate>();
        app.WithoutFrameworkGate().UseRouting();
        app.UseWhen(context => !gate.TryRecall(context), decide => decide
            .Use(app.Services.GetRequiredService<UnknownPaths>().Before)
            .UseAuthentication()
            .UseAuthorization()
            .Use(next => context =>
            {
                gate.Remember(context);
                return next(context);
            }));
        app.Use(Askers.Before);
        app.Use(app.Services.GetRequiredService<ExhaustedGate>().Before);
        return app;
    }

    /// <summary>Keeps the host from putting authentication and authorization in front of everything, where no endpoint is known yet.</summary>
    public static WebApplication WithoutFrameworkGate(this WebApplication app)
    {
        foreach (var mark in MiddlewareMarks)
        {
            ((IApplicationBuilder)app).Properties[mark] = true;
        }

        return app;
    }

    private static void AddSchemes(IServiceCollection services, AccessOptions access, TimeProvider timeProvider)
    {
        var tokens = access.Tokens.Issuer is not null;
        var certificates = access.Certificates.AuthorityFile is not null;

        // All that AddAuthentication adds but data protection, which no scheme here uses: it would make a key file and warn of it.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = Schemes.Consumer);
        services.AddWebEncoders().AddSingleton<IAuthenticationConfigurationProvider, NoAuthenticationSettings>();
        var schemes = new AuthenticationBuilder(services)
            .AddPolicyScheme(
                Schemes.Consumer,
                displayName: null,
                policy => policy.ForwardDefaultSelector = context => Schemes.For(context, tokens, certificates))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Schemes.ApiKey, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, CertificateHandler>(Schemes.Certificate, configureOptions: null);
        if (tokens)
        {
            schemes.AddJwtBearer(Schemes.Token, jwt => TokenAccess.Configure(jwt, access.Tokens, timeProvider));
        }
    }
}
