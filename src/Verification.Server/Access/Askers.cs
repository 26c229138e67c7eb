using Grpc.Core;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;

namespace Verification.Server.Access;

/// <summary>Tells who makes a call, message by message: a credential that was revoked, has expired or lost a role ends a stream.</summary>
internal sealed class Askers(ConsumerDirectory directory, TimeProvider timeProvider)
{
    /// <summary>Sets who makes a call that the schemes and policies have let in.</summary>
    public static RequestDelegate Before(RequestDelegate next) => context =>
    {
        if (context.User.Identity is ConsumerIdentity identity)
        {
            context.Features.Set(identity.Asker);
        }

        return next(context);
    };

    /// <summary>Who makes a call, as of now: to be asked with every message.</summary>
    /// <param name="context">The call.</param>
    /// <param name="role">The role that it needs; the policies have asked for it already when the call began.</param>
    /// <exception cref="RpcException">UNAUTHENTICATED or PERMISSION_DENIED.</exception>
    public Asker Of(ServerCallContext context, ConsumerRoles role)
    {
        var asker = Of(context);
        return asker.Has(role) ? asker : throw RpcErrors.RoleMissing().ToRpcException();
    }

    /// <summary>Who makes a call that needs no role, as of now.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED.</exception>
    public Asker Of(ServerCallContext context)
    {
        var features = context.GetHttpContext().Features;
        var asker = features.Get<Asker>() ?? throw CredentialErrors.Of(CredentialFault.Missing).ToRpcException();
        var current = directory.Current;
        var now = timeProvider.GetUtcNow();
        if (asker.Decision.Holds(current, now))
        {
            return asker;
        }

        try
        {
            asker = asker with { Decision = asker.Credential.Admit(current, now) };
        }
        catch (CredentialException refusal)
        {
            throw CredentialErrors.Of(refusal.Fault).ToRpcException();
        }

        features.Set(asker);
        return asker;
    }
}
