using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using Verification.Server.Telemetry;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Access;

/// <summary>Answers calls that are not let in: UNAUTHENTICATED or PERMISSION_DENIED with a reason, by HTTP as a problem.</summary>
internal sealed class RpcAuthorizationResult(Refusals refusals, LogPace pace, ILogger<RpcAuthorizationResult> logger)
    : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (authorizeResult.Forbidden)
        {
            var consumer = context.User.Identity?.Name ?? string.Empty;
            if (pace.TryTake(nameof(Log.RoleMissing), consumer, out var others))
            {
                Log.RoleMissing(logger, consumer, PathOf(context), others);
            }

            await RefuseAsync(context, RpcErrors.RoleMissing());
            return;
        }

        // The schemes keep their result for the request: this does not look at the credential again.
        var failure = (await context.AuthenticateAsync()).Failure;
        var fault = failure is null ? CredentialFault.Missing
            : (failure as CredentialException)?.Fault ?? CredentialFault.Invalid;
        if (pace.TryTake(nameof(Log.CredentialRefused), fault.ToString(), out var before))
        {
            Log.CredentialRefused(logger, PathOf(context), fault.ToString(), context.Connection.Id, before);
        }

        await RefuseAsync(context, CredentialErrors.Of(fault));
    }

    private Task RefuseAsync(HttpContext context, RpcStatus error)
    {
        refusals.Note(Refusal.Of(context), error);
        return TrailersOnly.WriteAsync(context, error);
    }

    /// <summary>The route, never what a caller made up.</summary>
    private static string PathOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown path";
}
