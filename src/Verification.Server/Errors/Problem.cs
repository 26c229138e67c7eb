using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Verification.Core.Permits;
using Verification.Core.Words;
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
        error = CallerLanguage.Fit(error, context);
        var language = CallerLanguage.Of(context) ?? Language.English;
        var response = context.Response;
        response.Headers.ContentLanguage = language == Language.Chinese ? CallerLanguage.ChineseLocale : "en";
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

        return response.WriteAsJsonAsync(Of(error, response.StatusCode, language), Json, ContentType);
    }

    private static ProblemDetails Of(RpcStatus error, int status, Language language)
    {
        var reason = error.GetDetail<ErrorInfo>()?.Reason ?? ErrorReasons.Internal;
        var code = (Code)error.Code;
        var problem = new ProblemDetails
        {
            Type = Types + reason,
            Title = TitleOf(code).In(language),
            Status = status,
            Detail = error.GetDetail<LocalizedMessage>()?.Message ?? error.Message,
            Extensions = { ["reason"] = reason, ["code"] = CodeNames.NameOf(code) },
        };
        if (error.GetDetail<BadRequest>() is { } fields)
        {
            problem.Extensions["violations"] = fields.FieldViolations
                .Select(violation => new { violation.Field, violation.Reason, Description = violation.LocalizedMessage?.Message ?? violation.Description }).ToArray();
        }

        return problem;
    }

    private static Wording TitleOf(Code code) => code switch
    {
        Code.InvalidArgument or Code.OutOfRange => new("The request is wrong", "请求有误"),
        Code.Unauthenticated => new("The caller is not let in", "调用者未获准入"),
        Code.PermissionDenied => new("The caller may not ask this", "调用者无权查询"),
        Code.NotFound or Code.Unimplemented => new("There is no such thing", "没有此内容"),
        Code.AlreadyExists or Code.Aborted => new("Another request is in the way", "与另一请求冲突"),
        Code.FailedPrecondition => new("The rules do not admit it", "规则不允许"),
        Code.ResourceExhausted => new("The request is more than is allowed", "请求超出限额"),
        Code.Unavailable => new("The service cannot tell now", "服务目前无法答复"),
        Code.DeadlineExceeded or Code.Cancelled => new("The request took too long", "请求用时过长"),
        _ => new("The service failed", "服务出错"),
    };

    private static string WholeSeconds(Duration delay) =>
        Math.Max(1, Math.Ceiling(delay.ToTimeSpan().TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
