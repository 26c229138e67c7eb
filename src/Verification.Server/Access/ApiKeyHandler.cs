using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>Lets callers in by the API key in <c>authorization: Bearer</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ConsumerDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var key = Schemes.BearerOf(Request) is { } bearer ? ApiKey.FromText(bearer) : null;
        return Task.FromResult(ConsumerIdentity.Authenticate(Scheme.Name, key, directory.Current, TimeProvider.GetUtcNow()));
    }
}
