using System.Diagnostics;

namespace Verification.Server.Telemetry;

/// <summary>
/// Has the web server make an activity for each call where the log names it: with the trace of the caller's <c>traceparent</c>, or one of its
/// own.
/// </summary>
internal sealed class CallActivities : IHostedService, IDisposable
{
    private const string WebServer = "Microsoft.AspNetCore";

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == WebServer,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
