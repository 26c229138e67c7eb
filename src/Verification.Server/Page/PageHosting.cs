using Microsoft.Net.Http.Headers;

namespace Verification.Server.Page;

/// <summary>
/// Serves the page for browsers. Each file is an endpoint of its own, so that calls have nothing to do with it. Open to all: the page knows
/// nothing until somebody signs in with a key.
/// </summary>
internal static class PageHosting
{
    // The page's own modules, styles and calls, and nothing else: no inline script or style, no other origin, no frame around it, and
    // no way to make markup of a text.
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Permissions =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-read=()";

    /// <summary>Serves the page's files.</summary>
    public static WebApplication MapPage(this WebApplication app)
    {
        foreach (var file in PageFiles.Read())
        {
            string[] paths = file.Path switch
            {
                PageFiles.Start => ["/"],
                PageFiles.Icon => [PageFiles.Icon, "/favicon.ico"],
                var path => [path],
            };
            foreach (var path in paths)
            {
                app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context, file)).AllowAnonymous();
            }
        }

        return app;
    }

    private static async Task WriteAsync(HttpContext context, PageFile file)
    {
        var response = context.Response;
        var form = file.FormFor(context.Request);
        SetHeaders(response.Headers);
        response.Headers.ETag = form.Tag.ToString();
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(form.Tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = form.Bytes.Length;
        if (form.Encoding is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(form.Bytes, context.RequestAborted);
        }
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;

        // Asked about each time, and sent where it has changed: a page of two versions at once would be none.
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
    }
}
