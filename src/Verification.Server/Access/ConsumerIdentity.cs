using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;

namespace Verification.Server.Access;

/// <summary>A consumer as the user of a call, whatever the scheme that let it in.</summary>
internal sealed class ConsumerIdentity : ClaimsIdentity, ICaller
{
    /// <summary>A consumer that a credential let in.</summary>
    public ConsumerIdentity(string scheme, Credential credential, AccessDecision admission)
        : base(scheme)
    {
        Asker = new Asker(credential, admission);
        AddClaim(new Claim(NameClaimType, admission.Consumer.Name));
        foreach (var role in Enum.GetValues<ConsumerRoles>())
        {
            if (role != ConsumerRoles.None && admission.Consumer.Roles.HasFlag(role))
            {
                AddClaim(new Claim(RoleClaimType, CodeNames.NameOf(role)));
            }
        }
    }

    /// <summary>Who it is and why it was let in, when the call began.</summary>
    public Asker Asker { get; }

    /// <inheritdoc/>
    public AuditConsumer Recorded => Asker.Recorded;

    /// <summary>The result of a scheme that looked at a credential.</summary>
    public static AuthenticateResult Authenticate(string scheme, Credential? credential, ConsumerSet set, DateTimeOffset now)
    {
        try
        {
            var admission = (credential ?? throw new CredentialException(CredentialFault.Invalid)).Admit(set, now);
            var user = new ClaimsPrincipal(new ConsumerIdentity(scheme, credential, admission));
            return AuthenticateResult.Success(new AuthenticationTicket(user, scheme));
        }
        catch (CredentialException refusal)
        {
            return AuthenticateResult.Fail(refusal);
        }
    }
}
