using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Verification.Core.Permits;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Errors;

/// <summary>
/// Writes an error of the contract as problem details (RFC 9457), to who asked without gRPC: with the same reason, and the same fields by
/// the same names.
/// </summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";
    private const string Types = "urn:permits-verification:";

    // The texts hold Chinese terms, and are never part of a page.
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Ends a request with an error.</summary>
    public static Task WriteAsync(HttpContext context, RpcStatus error)
    {
        var response = context.Response;
        response.StatusCode = HttpStatus.Of(error);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (error.GetDetail<RetryInfo>() is { RetryDelay: { } delay })
        {
            response.Headers[HeaderNames.RetryAfter] = WholeSeconds(delay);
        }

        return response.WriteAsJsonAsync(Of(error, response.StatusCode), Json, ContentType);
    }

    private static ProblemDetails Of(RpcStatus error, int status)
    {
        var reason = error.GetDetail<ErrorInfo>()?.Reason ?? ErrorReasons.Internal;
        var code = (Code)error.Code;
        var problem = new ProblemDetails
        {
            Type = Types + reason,
            Title = TitleOf(code),
            Status = status,
            Detail = error.Message,
            Extensions = { ["reason"] = reason, ["code"] = CodeNames.NameOf(code) },
        };
        if (error.GetDetail<BadRequest>() is { } fields)
        {
            problem.Extensions["violations"] = fields.FieldViolations
                .Select(violation => new { violation.Field, violation.Reason, violation.Description }).ToArray();
        }

        return problem;
    }

    private static string TitleOf(Code code) => code switch
    {
        Code.InvalidArgument or Code.OutOfRange => "The request is wrong",
        Code.Unauthenticated => "The caller is not let in",
        Code.PermissionDenied => "The caller may not ask this",
        Code.NotFound or Code.Unimplemented => "There is no such thing",
        Code.AlreadyExists or Code.Aborted => "Another request is in the way",
        Code.FailedPrecondition => "The rules do not admit it",
        Code.ResourceExhausted => "The request is more than is allowed",
        Code.Unavailable => "The service cannot tell now",
        Code.DeadlineExceeded or Code.Cancelled => "The request took too long",
        _ => "The service failed",
    };

    private static string WholeSeconds(Duration delay) =>
        Math.Max(1, Math.Ceiling(delay.ToTimeSpan().TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
