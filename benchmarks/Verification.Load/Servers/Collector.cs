using Microsoft.AspNetCore.Http;

namespace Verification.Load.Servers;

/// <summary>
/// Where a service's metrics and traces go: takes what is sent by OTLP over HTTP, and scrapes its Prometheus port as often as
/// <c>deploy/prometheus</c> does. It keeps nothing but counts.
/// </summary>
internal sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(15);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _scraper = new();
    private Task _scraping = Task.CompletedTask;
    private int _metrics;
    private int _traces;
    private int _scrapes;

    private Collector(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it takes OTLP.</summary>
    public Uri Address { get; }

    /// <summary>Where the service shows its metrics.</summary>
    public Uri Scraped { get; } = new($"http://127.0.0.1:{LoopbackPort.Free()}");

    /// <summary>Whether everything came that a service exports in one way: by <c>otlp</c> metrics and traces, by <c>prometheus</c> what it answered.</summary>
    public bool HasSeen(string way) => way == "otlp" ? _metrics > 0 && _traces > 0 : _scrapes > 0;

    /// <summary>Starts it.</summary>
    public static async Task<Collector> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var collector = new Collector(builder.Build(), address);
        collector._app.MapPost("/v1/metrics", request => TakeAsync(request, ref collector._metrics));
        collector._app.MapPost("/v1/traces", request => TakeAsync(request, ref collector._traces));
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Scrapes until it is disposed of.</summary>
    public void Scrape() => _scraping = ScrapeAsync();

    /// <inheritdoc/>
    public override string ToString() => $"{_metrics} exports of metrics, {_traces} of traces, {_scrapes} scrapes";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _scraping;
        await _app.DisposeAsync();
        _scraper.Dispose();
        _end.Dispose();
    }

    private static Task TakeAsync(HttpContext request, ref int count)
    {
        Interlocked.Increment(ref count);
        return request.Request.Body.CopyToAsync(Stream.Null, request.RequestAborted);
    }

    private async Task ScrapeAsync()
    {
        using var timer = new PeriodicTimer(ScrapeInterval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var shown = await _scraper.GetStringAsync(new Uri(Scraped, "/metrics"), _end.Token);
                _scrapes += shown.Contains("verification_checks_total{", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
