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
    /// <summary>The section of the configuration that has the consumers.</summary>
    public const string Section = $"{VerificationOptions.Section}:Consumers";

    private const string FileKey = $"{VerificationOptions.Section}:ConsumersFile";

    // By these the host knows that it need not put the two middlewares in front of everything by itself.
    private static readonly string[] MiddlewareMarks = ["__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet"];

    /// <summary>Reads the consumers and adds the schemes and policies.</summary>
    /// <exception cref="StartRefusedException">All that is wrong with the consumers and how they prove who they are.</exception>
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder, TimeProvider timeProvider, bool isDemo)
    {
        var problems = new StartProblems();
        var (access, wrong) = AccessSettings.Read(builder.Configuration);
        problems.Add(wrong);
        var authority = problems.Try(() => new CertificateAuthority(access.Certificates))!;
        var reader = new ConsumerSetReader(builder.Configuration.GetSection(Section), access, new Budgets(timeProvider), isDemo);
        var path = builder.Configuration[FileKey];
        var file = string.IsNullOrWhiteSpace(path) ? null : new ConsumersFile(Path.GetFullPath(path), reader);
        var consumers = problems.Try(() => file is null ? reader.Read(file: null) : file.ReadIfChanged()!)!;
        problems.ThrowIfAny();
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
        var schemes = services.AddAuthentication(Schemes.Consumer)
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
