namespace Verification.Audit.Storing;

/// <summary>What every node answered, as the audit database tells it.</summary>
public interface IAuditRecords
{
    /// <summary>
    /// The records that fit, in the order of the chain: a clock that was set back hides none. Memory is bounded, however many there are.
    /// </summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    /// <exception cref="ArgumentException">The query is by consumer or reference, or by nothing, and has no interval.</exception>
    IAsyncEnumerable<StoredRecord> FindAsync(AuditQuery query, CancellationToken cancellationToken);
}
