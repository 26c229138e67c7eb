using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>Lets callers in by the client certificate of their connection, when its chain is good.</summary>
internal sealed class CertificateHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ConsumerDirectory directory,
    CertificateAuthority authority)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Connection.ClientCertificate is not { } certificate)
        {
            return AuthenticateResult.NoResult();
        }

        var now = TimeProvider.GetUtcNow();
        return await authority.FaultOfAsync(certificate, now, Context.RequestAborted) is { } fault
            ? AuthenticateResult.Fail(new CredentialException(fault))
            : ConsumerIdentity.Authenticate(Scheme.Name, ClientCertificate.From(certificate), directory.Current, now);
    }
}
