using Verification.Audit.Copying;
using Verification.Audit.Writing;

namespace Verification.Server.Auditing;

/// <summary>
/// Copies the log while the server is there, and closes it when the last call is answered, so that no record is lost; then waits for the rest of the copy.
/// </summary>
internal sealed class AuditLife(AuditLog log, AuditCopier copier, RefusalRecords refusals) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        copier.Start();
        return Task.CompletedTask;
    }

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
        await copier.DisposeAsync();
    }
}
