using Verification.Audit.Storing;
using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Tests.Copying;

/// <summary>A database that can go and come back.</summary>
internal sealed class UnreachableTables(IAuditTables tables) : IAuditTables
{
    public bool IsGone { get; set; }

    public AuditStatements Statements => tables.Statements;

    public Task PrepareAsync(CancellationToken cancellationToken) => Reached(() => tables.PrepareAsync(cancellationToken));

    public Task<T> ReadAsync<T>(Func<IAuditSession, Task<T>> work, CancellationToken cancellationToken) =>
        Reached(() => tables.ReadAsync(work, cancellationToken));

    public Task<bool> WriteAsync(Func<IAuditSession, Task<bool>> work, CancellationToken cancellationToken) =>
        Reached(() => tables.WriteAsync(work, cancellationToken));

    public ValueTask DisposeAsync() => tables.DisposeAsync();

    private T Reached<T>(Func<T> call) => IsGone ? throw new AuditDatabaseException("The audit database could not answer: it is gone.") : call();
}
