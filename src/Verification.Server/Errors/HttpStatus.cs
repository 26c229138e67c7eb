using Google.Rpc;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>The HTTP status of an error that is answered without gRPC.</summary>
internal static class HttpStatus
{
    /// <summary>By the error's reason where HTTP tells more apart than gRPC's codes do, otherwise by its code, as Google's APIs have them.</summary>
    public static int Of(RpcStatus error) => error.GetDetail<ErrorInfo>()?.Reason switch
    {
        ErrorReasons.MessageTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorReasons.MethodUnknown => StatusCodes.Status404NotFound,
        ErrorReasons.HttpMethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorReasons.ContentTypeUnknown or ErrorReasons.EncodingUnknown => StatusCodes.Status415UnsupportedMediaType,
        _ => Of((Code)error.Code),
    };

    private static int Of(Code code) => code switch
    {
        Code.InvalidArgument or Code.FailedPrecondition or Code.OutOfRange => StatusCodes.Status400BadRequest,
        Code.Unauthenticated => StatusCodes.Status401Unauthorized,
        Code.PermissionDenied => StatusCodes.Status403Forbidden,
        Code.NotFound => StatusCodes.Status404NotFound,
        Code.AlreadyExists or Code.Aborted => StatusCodes.Status409Conflict,
        Code.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        Code.Cancelled => StatusCodes.Status499ClientClosedRequest,
        Code.Unimplemented => StatusCodes.Status501NotImplemented,
        Code.Unavailable => StatusCodes.Status503ServiceUnavailable,
        Code.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
