using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Verification.Server.Telemetry;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// The framework reads a unary request before any interceptor runs, and writes its answer after: what fails there ends the call with a
/// bare status. Here it gets the error of the contract: a call that there is not, bytes that are no message, or too many of them, are the
/// caller's; the rest is the server's own and logged.
/// </summary>
internal sealed class ReasonForBareErrors(IUnreadMessages unread, Refusals refusals, ILogger<ReasonForBareErrors> logger)
{
    /// <summary>Adds the reason to what calls did not end themselves.</summary>
    public async Task AddAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var headers = context.Response.HasStarted
            ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
            : context.Response.Headers;
        if (headers is null
            || headers.IsReadOnly
            || headers.ContainsKey(TrailersOnly.Details)
            || !Enum.TryParse<StatusCode>(headers[TrailersOnly.Status], out var code)
            || ErrorFor(code, context) is not { } error)
        {
            return;
        }

        refusals.Note(Refusal.Of(context), error);
        TrailersOnly.Set(headers, CallerLanguage.Fit(error, context));
    }

    /// <summary>What calls themselves throw carries its reason already, so that a bare status can only be the framework's.</summary>
    private RpcStatus? ErrorFor(StatusCode code, HttpContext context)
    {
        if (context.Features.Get<IServerCallContextFeature>()?.ServerCallContext is not { } call)
        {
            return code == StatusCode.Unimplemented ? RpcErrors.MethodUnknown() : null;
        }

        if ((UnreadErrors.Of(code) ?? UnreadErrors.Of(call.Status.DebugException)) is { } refusal)
        {
            unread.Refused(context);
            return refusal;
        }

        if (code != StatusCode.Unknown || context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }

        Log.AnswerNotWritten(logger, call.Method, call.Status.DebugException);
        return RpcErrors.ServerFault();
    }
}
