using Verification.Audit.Writing;

namespace Verification.Server.Auditing;

/// <summary>Closes the log when the server has answered its last call, so that no record is lost.</summary>
internal sealed class AuditLogEnd(AuditLog log, RefusalRecords refusals) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the server, which has no call any more.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await refusals.DisposeAsync();
        await log.DisposeAsync();
    }
}
