using System.Collections.Immutable;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Storing.Checking;
using Verification.Audit.Storing.Copies;
using Verification.Audit.Storing.Exporting;
using Verification.Audit.Storing.Searching;
using Verification.Audit.Storing.Sqlite;
using Verification.Audit.Storing.SqlServer;
using Verification.Audit.Storing.Tables;
using Verification.Audit.Verifying;

namespace Verification.Audit.Storing;

/// <summary>
/// The audit database: copies of all nodes' logs, and their search. It remembers nothing between two calls, so that one which was restored
/// from a backup is taken as it is. Safe for concurrent use, by several nodes at once.
/// </summary>
public sealed class AuditDatabase : IAuditRecords, IAsyncDisposable
{
    private readonly IAuditTables _tables;
    private readonly LogCopies _copies;
    private readonly RunPacking _packing;
    private readonly IndexFolding _folding;
    private readonly SegmentCopies _segments;
    private readonly RecordSearch _search;

    internal AuditDatabase(IAuditTables tables, TidyLimits? limits = null, int page = 1024)
    {
        _tables = tables;
        _copies = new LogCopies(tables);
        _packing = new RunPacking(tables, limits ?? new TidyLimits());
        _folding = new IndexFolding(tables, limits ?? new TidyLimits());
        _segments = new SegmentCopies(tables);
        _search = new RecordSearch(tables, page);
    }

    /// <summary>A file of SQLite.</summary>
    /// <param name="path">The file; its folder exists.</param>
    public static AuditDatabase OnSqlite(string path) => new(new SqliteAuditTables(Path.GetFullPath(path)));

    /// <summary>A database of SQL Server.</summary>
    /// <param name="connectionString">Where it is; a secret.</param>
    /// <param name="timeout">The longest that a call may take.</param>
    public static AuditDatabase OnSqlServer(string connectionString, TimeSpan timeout) => new(new SqlServerAuditTables(connectionString, timeout));

    /// <summary>Connects, and brings the tables up to date; makes them where there are none.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or its tables cannot be made.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => _tables.PrepareAsync(cancellationToken);

    /// <summary>How far the database holds a log; null where it holds nothing of it.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    public Task<CopiedEnd?> ReadEndAsync(Guid logId, CancellationToken cancellationToken) => _copies.ReadEndAsync(logId, cancellationToken);

    /// <summary>
    /// Adds blocks to a log's copy, all or none: only where it still ends where the caller saw it end. So nothing is doubled when two copies race, or
    /// when one that was confirmed without the caller hearing of it is repeated.
    /// </summary>
    /// <param name="logId">The log.</param>
    /// <param name="after">What <see cref="ReadEndAsync"/> said.</param>
    /// <param name="blocks">Blocks behind it, in order.</param>
    /// <param name="cancellationToken">Ends the caller's wait; they may be added all the same.</param>
    /// <returns>False where the copy ends somewhere else: nothing was added.</returns>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    public Task<bool> AppendAsync(Guid logId, CopiedEnd? after, IReadOnlyList<AuditBlock> blocks, CancellationToken cancellationToken) =>
        _copies.AppendAsync(logId, after, blocks, cancellationToken);

    /// <summary>
    /// Packs a log's small blocks together where their segment has ended or they have become many, and folds what stays as it is into the index.
    /// Whether and when it is called changes nothing that is read, but how fast.
    /// </summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    public async Task TidyAsync(Guid logId, CancellationToken cancellationToken)
    {
        if (await _packing.PackAsync(logId, cancellationToken))
        {
            await _folding.FoldAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> FindAsync(AuditQuery query, CancellationToken cancellationToken) =>
        _search.FindAsync(query, cancellationToken);

    /// <summary>Verifies the copies of all logs and the index, by the database and the public keys alone.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    public Task<ImmutableArray<DatabaseVerification>> VerifyAsync(KeyRing keys, CancellationToken cancellationToken) =>
        new DatabaseVerifier(_tables, keys).VerifyAsync(cancellationToken);

    /// <summary>
    /// Compares the logs of a node's folder with their copies: blocks that are missing at the end of the files, which the files alone do not tell, and
    /// copies of another log. What is not copied yet is no finding.
    /// </summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public Task<ImmutableArray<AuditFinding>> CompareAsync(string folder, CancellationToken cancellationToken) =>
        new FolderComparison(_tables, _copies).CompareAsync(folder, cancellationToken);

    /// <summary>
    /// The segments of all logs, or of one, as their files were, as far as they were copied; of those whose time was over the ends. In memory is one
    /// at a time.
    /// </summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    public IAsyncEnumerable<StoredSegment> ReadSegmentsAsync(Guid? logId, CancellationToken cancellationToken) =>
        new SegmentReader(_tables).ReadAsync(logId, cancellationToken);

    /// <summary>Whether it holds anything of a segment, and nothing that came since an instant.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    internal Task<bool> HoldsSegmentSinceBeforeAsync(Guid logId, int segment, DateTimeOffset before, CancellationToken cancellationToken) =>
        _segments.HoldsSinceBeforeAsync(logId, segment, before, cancellationToken);

    /// <summary>Whether it holds every block of a segment, or held it until its time was over.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    internal Task<bool> HoldsAsync(SegmentEnds ends, CancellationToken cancellationToken) => _segments.HoldsAsync(ends, cancellationToken);

    /// <summary>The ends of segments, of any log, that hold nothing since an instant; some of them, where there are many.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    internal IAsyncEnumerable<SegmentEnds> FindSegmentsBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _segments.FindBeforeAsync(before, cancellationToken);

    /// <summary>Deletes a segment; its ends stay.</summary>
    /// <exception cref="AuditDatabaseException">The database cannot be reached, or is damaged.</exception>
    internal Task DeleteAsync(SegmentEnds ends, CancellationToken cancellationToken) => _segments.DeleteAsync(ends, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tables.DisposeAsync();
}
