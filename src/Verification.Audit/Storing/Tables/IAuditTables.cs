namespace Verification.Audit.Storing.Tables;

/// <summary>
/// The tables of the audit database on one kind of server. Each piece of work has a connection of its own: nothing is kept between two,
/// so a database that was restored or moved meanwhile is the one that is asked.
/// </summary>
internal interface IAuditTables : IAsyncDisposable
{
    /// <summary>The statements in the server's words.</summary>
    AuditStatements Statements { get; }

    /// <summary>Brings the tables up to date, and makes them where there are none.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or a script failed.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Reads.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    Task<T> ReadAsync<T>(Func<IAuditSession, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Writes: all of it, or nothing where the work says so by false.</summary>
    /// <returns>What the work said.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    Task<bool> WriteAsync(Func<IAuditSession, Task<bool>> work, CancellationToken cancellationToken);
}
