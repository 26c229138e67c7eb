using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace Verification.Server.Errors;

/// <summary>
/// Answers requests for paths that there are not, and by methods that a path does not take: a program gets a problem, a person who opened
/// it in a browser a page. It tells nothing that the contract does not, so that nobody need say who they are.
/// </summary>
/// <param name="endpoints">What there is; asked when the first request comes for what there is not.</param>
internal sealed class UnknownPaths(EndpointDataSource endpoints)
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
        <p lang="zh-CN">请前往<a href="/">首页</a>核验证件，或查看<a href="/docs">HTTP 接口说明</a>。</p>
        </html>
        """;

    private static readonly MediaTypeHeaderValue Html = MediaTypeHeaderValue.Parse("text/html");

    private readonly Lazy<(TemplateMatcher Path, IReadOnlyList<string> Methods)[]> _known = new(() =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
           where methods is { Count: > 0 }
           select (new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []), methods),
    ]);

    /// <summary>
    /// Answers such a request, or passes it on; an endpoint without a route is routing's own refusal. gRPC calls are passed on: their answer
    /// says whether they are let in. Browsers that ask whether another site may call, which gRPC's own endpoint would take, may not.
    /// </summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
        TrailersOnly.IsCall(context.Request) || (context.GetEndpoint() is RouteEndpoint && !IsPreflight(context.Request))
            ? next(context)
            : WriteAsync(context);

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;

    private static bool IsFromBrowser(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.Type != "*" && Html.IsSubsetOf(type));

    private Task WriteAsync(HttpContext context)
    {
        if (MethodsOf(context.Request.Path) is { Length: > 0 } allowed)
        {
            context.Response.Headers.Allow = allowed;
            return Problem.WriteAsync(context, RpcErrors.HttpMethodNotAllowed(allowed));
        }

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

    /// <summary>The methods that a path takes. Routing itself does not tell: to it, gRPC's own unknown calls take every method.</summary>
    private string MethodsOf(PathString path) => string.Join(
        ", ", _known.Value.Where(known => known.Path.TryMatch(path, [])).SelectMany(known => known.Methods).Distinct().Order(StringComparer.Ordinal));
}
