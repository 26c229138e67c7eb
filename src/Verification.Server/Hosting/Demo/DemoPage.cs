using Verification.Server.Access.Consumers;

namespace Verification.Server.Hosting.Demo;

/// <summary>Tells the page for browsers what there is to try, as the greeting tells a person at a terminal.</summary>
internal static class DemoPage
{
    private const string Path = "/page/demo";

    /// <summary>Serves the demo's keys and some numbers; where it is no demo, that there are none.</summary>
    public static WebApplication MapDemo(this WebApplication app, bool isDemo)
    {
        if (!isDemo)
        {
            app.MapGet(Path, () => Results.NoContent()).AllowAnonymous();
            return app;
        }

        var greeting = app.Services.GetRequiredService<DemoGreeting>();
        app.MapGet(Path, async (CancellationToken cancellationToken) =>
        {
            var examples = await greeting.ChooseAsync(cancellationToken);
            return Results.Json(new { keys = DemoConsumers.Names, examples = examples.Select(example => example.Number.ToString()) });
        }).AllowAnonymous();
        return app;
    }
}
