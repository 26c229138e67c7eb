using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Verification.Server.Access.Consumers;
using Verification.Server.Access.Settings;

namespace Verification.Server.Access;

/// <summary>Lets callers in by a token of the OIDC issuer: the framework's scheme finds it good, the directory says whose it is.</summary>
internal static class TokenAccess
{
    /// <summary>How far the issuer's clock may be off.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>How often the issuer's keys are fetched again, so that one taken back is not trusted for much longer.</summary>
    public static readonly TimeSpan KeyRefresh = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time between two fetches that tokens of unknown keys bring about: whoever makes up keys causes no more.</summary>
    public static readonly TimeSpan EarlyKeyRefresh = TimeSpan.FromSeconds(30);

    private const string MetadataPath = "/.well-known/openid-configuration";

    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Sets up the scheme.</summary>
    public static void Configure(JwtBearerOptions jwt, TokenOptions options, TimeProvider timeProvider)
    {
        var issuer = new Uri(options.Issuer!);
        jwt.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            options.Issuer!.TrimEnd('/') + MetadataPath,
            new OpenIdConnectConfigurationRetriever(),
            new PacedRetriever(
                new HttpDocumentRetriever(new HttpClient { Timeout = FetchTimeout }) { RequireHttps = !issuer.IsLoopback }, timeProvider))
        {
            AutomaticRefreshInterval = KeyRefresh,
            RefreshInterval = EarlyKeyRefresh,

            // The last keys that were good would stay so for an hour: a key taken back is to be refused.
            UseLastKnownGoodConfiguration = false,
        };
        jwt.MapInboundClaims = false;
        jwt.SaveToken = false;
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = options.Algorithms.Length == 0 ? TokenAlgorithms.Default : options.Algorithms,
            RequireAudience = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = ClockSkew,
            LifetimeValidator = (notBefore, expires, _, parameters) => IsWithin(notBefore, expires, parameters, timeProvider),
        };
        jwt.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                if (Schemes.BearerOf(context.Request) is not { } token || !TokenForm.IsAcceptable(token))
                {
                    context.Fail(new CredentialException(CredentialFault.Invalid));
                }

                return Task.CompletedTask;
            },
            OnTokenValidated = context => TakeAsync(context, options.SubjectClaim, timeProvider),
            OnAuthenticationFailed = async context =>
            {
                var fault = FaultOf(context.Exception);
                context.Fail(new CredentialException(
                    fault == CredentialFault.Invalid && !await HasKeysAsync(context) ? CredentialFault.IssuerUnavailable : fault));
            },
        };
    }

    /// <summary>Whether the issuer's keys are known; without them every token looks invalid.</summary>
    private static async Task<bool> HasKeysAsync(AuthenticationFailedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static Task TakeAsync(TokenValidatedContext context, string subjectClaim, TimeProvider timeProvider)
    {
        var subject = context.Principal?.FindFirst(subjectClaim)?.Value;
        var token = context.SecurityToken;
        var credential = subject is null
            ? null
            : new BearerToken(subject, new Validity(DateTimeOffset.MinValue, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + ClockSkew));
        var directory = context.HttpContext.RequestServices.GetRequiredService<ConsumerDirectory>();
        var result = ConsumerIdentity.Authenticate(context.Scheme.Name, credential, directory.Current, timeProvider.GetUtcNow());
        if (result.Succeeded)
        {
            context.Principal = result.Principal;
            context.Success();
        }
        else
        {
            context.Fail(result.Failure!);
        }

        return Task.CompletedTask;
    }

    private static bool IsWithin(DateTime? notBefore, DateTime? expires, TokenValidationParameters parameters, TimeProvider timeProvider)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        if (expires is null || now - parameters.ClockSkew >= expires)
        {
            throw new SecurityTokenExpiredException();
        }

        return notBefore is null || now + parameters.ClockSkew >= notBefore ? true : throw new SecurityTokenNotYetValidException();
    }

    private static CredentialFault FaultOf(Exception failure) => failure switch
    {
        CredentialException refusal => refusal.Fault,
        SecurityTokenExpiredException => CredentialFault.Expired,
        SecurityTokenNotYetValidException => CredentialFault.NotYetValid,
        _ => CredentialFault.Invalid,
    };
}
