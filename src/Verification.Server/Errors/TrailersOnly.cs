using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>Writes the answer to a gRPC call that ends before its handler, as the gRPC protocol has it: headers that are the trailers.</summary>
internal static class TrailersOnly
{
    /// <summary>The header of the status code.</summary>
    public const string Status = "grpc-status";

    /// <summary>The header of the details, a google.rpc.Status.</summary>
    public const string Details = "grpc-status-details-bin";

    private const string Message = "grpc-message";

    /// <summary>Whether a request is a gRPC call.</summary>
    public static bool IsCall(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Ends a call with an error; a request that is no gRPC gets it as a problem.</summary>
    public static Task WriteAsync(HttpContext context, RpcStatus error)
    {
        var response = context.Response;
        if (!IsCall(context.Request))
        {
            return Problem.WriteAsync(context, error);
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        Set(response.Headers, CallerLanguage.Fit(error, context));
        return response.CompleteAsync();
    }

    /// <summary>Puts an error into the headers of an answer that has no body.</summary>
    public static void Set(IHeaderDictionary headers, RpcStatus error)
    {
        var made = ErrorHeaders.Of(error);
        headers[Status] = made.Code;
        headers[Message] = made.Message;
        headers[Details] = made.Details;
        if (made.Pushback is { } milliseconds)
        {
            headers[RetryPushback.Name] = milliseconds;
        }
    }
}
