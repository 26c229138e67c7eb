using Microsoft.Net.Http.Headers;

namespace Verification.Server.Errors;

/// <summary>
/// Answers requests for paths that there are not, and by methods that a path does not take: a program gets a problem, a person who opened
/// it in a browser a page. It tells nothing that the contract does not, so that nobody need say who they are.
/// </summary>
internal static class UnknownPaths
{
    private const string Api = "/v1";

    // Its own policy forbids it everything, as it needs nothing.
    private const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>Nothing here · 此处无内容</title>
        <h1>There is no page at this address</h1>
        <p>Go to <a href="/">the start page</a> to check a permit, or to <a href="/docs">the description of the HTTP interface</a>.</p>
        <h1 lang="zh-CN">此地址没有页面</h1>
        <p lang="zh-CN">请前往<a href="/">首页</a>查验许可，或查看<a href="/docs">HTTP 接口说明</a>。</p>
        </html>
        """;

    /// <summary>Answers such a request, or passes it on. gRPC calls are passed on: their answer says whether they are let in.</summary>
    public static RequestDelegate Before(RequestDelegate next) => context => context.GetEndpoint() switch
    {
        _ when TrailersOnly.IsCall(context.Request) => next(context),
        null => WriteUnknownAsync(context),

        // Not an endpoint of ours: routing's own refusal of the method or of the content type.
        { } refusal when refusal is not RouteEndpoint => WriteRefusalAsync(context, refusal),
        _ => next(context),
    };

    private static Task WriteUnknownAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Api) || !IsFromBrowser(context.Request))
        {
            return Problem.WriteAsync(context, RpcErrors.PathUnknown());
        }

        var response = context.Response;
        response.StatusCode = StatusCodes.Status404NotFound;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync(Page);
    }

    private static async Task WriteRefusalAsync(HttpContext context, Endpoint refusal)
    {
        await refusal.RequestDelegate!(context);
        var error = context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? RpcErrors.HttpMethodNotAllowed(context.Response.Headers.Allow.ToString())
            : RpcErrors.ContentTypeUnknown();
        await Problem.WriteAsync(context, error);
    }

    private static bool IsFromBrowser(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => MediaTypeHeaderValue.Parse("text/html").IsSubsetOf(type) && type.Type != "*");
}
