using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>
/// Spares calls the authentication and authorization that their connection has been through already. The schemes and policies decide
/// the first time; what they decided holds for the same header, endpoint and set of consumers until the credential expires.
/// </summary>
internal sealed class ConsumerGate(ConsumerDirectory directory, TimeProvider timeProvider)
{
    private static readonly TimeSpan LongestMemory = TimeSpan.FromMinutes(5);

    /// <summary>Lets a call in that was let in before.</summary>
    /// <returns>False when the schemes and policies must decide.</returns>
    public bool TryRecall(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || Recall(context, endpoint) is not { } user)
        {
            return false;
        }

        context.User = user;
        return true;
    }

    /// <summary>Who was let in before, on the call's connection and to an endpoint; null when the schemes and policies must decide.</summary>
    public ClaimsPrincipal? Recall(HttpContext context, Endpoint endpoint) =>
        context.Features.Get<ConnectionMemory>() is { } memory
            && HeaderOf(context) is { } header
            && memory.Find(header) is { } decision
            && decision.Allows(endpoint, directory.Current, timeProvider.GetUtcNow())
                ? decision.User
                : null;

    /// <summary>Remembers that the schemes and policies have let a call in.</summary>
    public void Remember(HttpContext context)
    {
        // Endpoints open to all were let in without a decision on the caller.
        if (context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || context.User.Identity is not ConsumerIdentity identity
            || context.Features.Get<ConnectionMemory>() is not { } memory
            || HeaderOf(context) is not { } header)
        {
            return;
        }

        var now = timeProvider.GetUtcNow();
        var known = memory.Find(header);
        if (known?.User.Identity is not ConsumerIdentity remembered || !ReferenceEquals(remembered.Asker.Decision.Set, identity.Asker.Decision.Set))
        {
            known = null;
        }

        var decision = known is not null && !known.IsOver(now) ? known : new RememberedDecision(header, context.User, now + LongestMemory);
        decision.Allow(endpoint);
        memory.Keep(header, decision);
    }

    /// <summary>The one header, or none; several are for the schemes to refuse.</summary>
    private static string? HeaderOf(HttpContext context)
    {
        var values = context.Request.Headers.Authorization;
        return values.Count switch
        {
            0 => string.Empty,
            1 => values[0],
            _ => null,
        };
    }
}
