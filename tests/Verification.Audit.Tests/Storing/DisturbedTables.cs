using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Tests.Storing;

/// <summary>Tables with which somebody else does something before a reading.</summary>
internal sealed class DisturbedTables(IAuditTables tables, int reading, Func<Task> disturbAsync) : IAuditTables
{
    private int _readings;

    public AuditStatements Statements => tables.Statements;

    public Task PrepareAsync(CancellationToken cancellationToken) => tables.PrepareAsync(cancellationToken);

    public async Task<T> ReadAsync<T>(Func<IAuditSession, Task<T>> work, CancellationToken cancellationToken)
    {
        if (++_readings == reading)
        {
            await disturbAsync();
        }

        return await tables.ReadAsync(work, cancellationToken);
    }

    public Task<bool> WriteAsync(Func<IAuditSession, Task<bool>> work, CancellationToken cancellationToken) =>
        tables.WriteAsync(work, cancellationToken);

    public ValueTask DisposeAsync() => default;
}
