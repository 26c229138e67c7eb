namespace Verification.Server.Hosting.Demo;

/// <summary>Fills the demo's registry before the server listens, and greets when it does.</summary>
internal sealed class DemoStart(DemoRegistry registry, DemoGreeting greeting) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the node that follows the registry, which an import waits for, and before the server that listens.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => registry.FillIfEmptyAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => greeting.WriteAsync(Console.Out, cancellationToken);

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
