using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// The framework reads a unary request before any interceptor runs: bytes that are no message, or too many of them, end the call
/// with a bare status. Here they get the error of the contract.
/// </summary>
internal static class ReasonForBareErrors
{
    /// <summary>Adds the reason to what the framework refused by itself.</summary>
    public static async Task AddAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var headers = context.Response.Headers;
        if (context.Response.HasStarted
            || headers.ContainsKey(TrailersOnly.Details)
            || !Enum.TryParse<StatusCode>(headers[TrailersOnly.Status], out var code)
            || ErrorFor(code) is not { } error)
        {
            return;
        }

        TrailersOnly.Set(headers, error);
    }

    /// <summary>What calls themselves throw carries its reason already, so that a bare status can only be the framework's.</summary>
    private static RpcStatus? ErrorFor(StatusCode code) => code switch
    {
        StatusCode.Unknown => RpcErrors.MalformedMessage(),
        StatusCode.ResourceExhausted => RpcErrors.MessageTooLarge(),
        _ => null,
    };
}
