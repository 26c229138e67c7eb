using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenTelemetry.Metrics;
using Verification.Server.Configuration;

namespace Verification.Server.Telemetry;

/// <summary>
/// Serves the metrics at <c>/metrics</c>, on a port of its own: who scrapes reaches no call, who calls reaches no metric, and callers pay
/// nothing for it.
/// </summary>
/// <param name="meters">What is measured.</param>
/// <param name="options">Where.</param>
internal sealed class PrometheusListener(MeterProvider meters, TelemetryOptions options) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where it listens; null before it does.</summary>
    public string? Address => _app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();

    /// <inheritdoc/>
    /// <exception cref="StartRefusedException">The address cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.PrometheusUrl!);
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, path: "/metrics", configureBranchedPipeline: null, optionsName: null);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException cause)
        {
            throw new StartRefusedException($"Verification:Telemetry:PrometheusUrl: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? default;
}
