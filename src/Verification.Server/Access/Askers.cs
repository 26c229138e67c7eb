using Grpc.Core;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Rulebooks;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;

namespace Verification.Server.Access;

/// <summary>Tells who makes a call, message by message: a credential that was revoked, has expired or lost a role ends a stream.</summary>
internal sealed class Askers(ConsumerDirectory directory, TimeProvider timeProvider)
{
    /// <summary>Who makes a call, as of now.</summary>
    /// <param name="context">The call.</param>
    /// <param name="role">The role that it needs; the policies have asked for it already when the call began.</param>
    /// <exception cref="RpcException">UNAUTHENTICATED or PERMISSION_DENIED.</exception>
    public Asker Of(ServerCallContext context, ConsumerRoles role)
    {
        if (context.GetHttpContext().User.Identity is not ConsumerIdentity identity)
        {
            throw CredentialErrors.Of(CredentialFault.Missing).ToRpcException();
        }

        var now = timeProvider.GetUtcNow();
        var consumer = ConsumerOf(identity, now);
        if (!consumer.Roles.HasFlag(role))
        {
            throw RpcErrors.RoleMissing().ToRpcException();
        }

        var rulebook = RulebookLibrary.On(Calendar.DateInBeijing(now));
        return new Asker(consumer, rulebook.ScopeOf(consumer.Class));
    }

    private Consumer ConsumerOf(ConsumerIdentity identity, DateTimeOffset now)
    {
        var current = directory.Current;
        if (identity.AccessDecision.Holds(current, now))
        {
            return identity.AccessDecision.Consumer;
        }

        try
        {
            return identity.Credential.Admit(current, now).Consumer;
        }
        catch (CredentialException refusal)
        {
            throw CredentialErrors.Of(refusal.Fault).ToRpcException();
        }
    }
}
