namespace Verification.Server.Json.Description;

/// <summary>Serves the description of the calls by HTTP: the OpenAPI document, and a page that shows it and tries calls out.</summary>
internal static class ApiPages
{
    private const string DocumentPath = "/openapi.json";
    private const string PagePath = "docs";

    // The page's library writes styles into elements, and draws its signs from data.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Serves both, open to all as the contract is.</summary>
    public static WebApplication MapApiPages(this WebApplication app)
    {
        var document = new Lazy<byte[]>(ApiDescription.Write);
        app.MapGet(DocumentPath, () => Results.Bytes(document.Value, "application/json")).AllowAnonymous();

        var page = ((IEndpointRouteBuilder)app).CreateApplicationBuilder();
        page.Use(next => context =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = PagePolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";

            // Files are not served where an endpoint was found, which this page itself is.
            context.SetEndpoint(null);
            return next(context);
        });
        page.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = PagePath;
            ui.DocumentTitle = "Permit verification: HTTP interface";
            ui.SwaggerEndpoint(DocumentPath, "v1");
        });
        app.MapMethods($"/{PagePath}/{{**file}}", [HttpMethods.Get, HttpMethods.Head], page.Build()).AllowAnonymous();
        return app;
    }
}
