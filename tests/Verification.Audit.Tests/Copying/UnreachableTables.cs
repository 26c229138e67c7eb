using Verification.Audit.Storing;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Tests.Copying;

/// <summary>A database that can go and come back.</summary>
internal sealed class UnreachableTables(IAuditTables tables) : IAuditTables
{
    public bool IsGone { get; set; }

    /// <summary>What every call waits for, as for a database that does not answer.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    public AuditStatements Statements => tables.Statements;

    public Task PrepareAsync(CancellationToken cancellationToken) => ReachedAsync(async () =>
    {
        await tables.PrepareAsync(cancellationToken);
        return true;
    });

    public Task<T> ReadAsync<T>(Func<IAuditSession, Task<T>> work, CancellationToken cancellationToken) =>
        ReachedAsync(() => tables.ReadAsync(work, cancellationToken));

    public Task<bool> WriteAsync(Func<IAuditSession, Task<bool>> work, CancellationToken cancellationToken) =>
        ReachedAsync(() => tables.WriteAsync(work, cancellationToken));

    public ValueTask DisposeAsync() => tables.DisposeAsync();

    private async Task<T> ReachedAsync<T>(Func<Task<T>> call)
    {
        await Answers;
        return IsGone ? throw new AuditDatabaseException("The audit database could not answer: it is gone.") : await call();
    }
}
