using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.Sqlite;

/// <summary>The statements for SQLite.</summary>
internal sealed class SqliteStatements : AuditStatements
{
    /// <summary>
    /// A commit need not outlive a power cut: what is confirmed is asked after it, and copied again from the files. Reads wait for no writer.
    /// </summary>
    public const string Configure = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";

    private const string RunColumns =
        """
        r.run AS Run, r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock, r.segment AS Segment,
               r.begins_at AS BeginsAt, r.ends_at AS EndsAt, r.ends_segment AS EndsSegment, r.records AS Records,
               r.from_instant AS FromInstant, r.until_instant AS UntilInstant, r.span AS Span, r.hash AS Hash
        """;

    /// <inheritdoc/>
    public override string ReadLogs => "SELECT log AS Log, log_id AS LogId FROM audit_log ORDER BY log";

    /// <inheritdoc/>
    public override string FindLog => "SELECT log AS Log, log_id AS LogId FROM audit_log WHERE log_id = @LogId";

    /// <inheritdoc/>
    public override string InsertLog => "INSERT INTO audit_log (log_id, copies) VALUES (@LogId, 0)";

    /// <inheritdoc/>
    public override string LockLog => "UPDATE audit_log SET copies = copies + 1 WHERE log = @Log";

    /// <inheritdoc/>
    public override string ReadLastRun =>
        $"SELECT {RunColumns} FROM audit_run r WHERE r.log = @Log ORDER BY r.first_block DESC LIMIT 1";

    /// <inheritdoc/>
    public override string ReadLastDeleted =>
        """
        SELECT log AS Log, segment AS Segment, first_block AS FirstBlock, last_block AS LastBlock, ends_at AS EndsAt, ends AS Ends
        FROM audit_deleted WHERE log = @Log ORDER BY segment DESC LIMIT 1
        """;

    /// <inheritdoc/>
    public override string InsertRun =>
        """
        INSERT INTO audit_run (
            log, first_block, last_block, segment, begins_at, ends_at, ends_segment, records, from_instant, until_instant, span, hash, packed)
        VALUES (
            @Log, @FirstBlock, @LastBlock, @Segment, @BeginsAt, @EndsAt, @EndsSegment, @Records, @FromInstant, @UntilInstant, @Span, @Hash,
            @Packed)
        """;

    /// <inheritdoc/>
    public override string FindRun => "SELECT run FROM audit_run WHERE log = @Log AND first_block = @FirstBlock";

    /// <inheritdoc/>
    public override string InsertPermits =>
        "INSERT INTO audit_permits (run, is_final, entries, hashes) VALUES (@Run, @IsFinal, @Entries, @Hashes)";

    /// <inheritdoc/>
    public override string ReadLoose =>
        $"""
        SELECT {RunColumns}
        FROM audit_permits p INNER JOIN audit_run r ON r.run = p.run
        WHERE r.log = @Log AND p.is_final = 0 ORDER BY r.first_block
        """;

    /// <inheritdoc/>
    public override string ReadRun =>
        $"""
        SELECT {RunColumns}, r.packed AS Packed, l.log_id AS LogId
        FROM audit_run r INNER JOIN audit_log l ON l.log = r.log
        WHERE r.log = @Log AND r.first_block <= @Block ORDER BY r.first_block DESC LIMIT 1
        """;

    /// <inheritdoc/>
    public override string ReadPermits => "SELECT hashes FROM audit_permits WHERE run = @Run";

    /// <inheritdoc/>
    public override string DeletePermitsOf =>
        """
        DELETE FROM audit_permits
        WHERE run IN (SELECT r.run FROM audit_run r WHERE r.log = @Log AND r.first_block BETWEEN @FirstBlock AND @LastBlock)
        """;

    /// <inheritdoc/>
    public override string DeleteRuns => "DELETE FROM audit_run WHERE log = @Log AND first_block BETWEEN @FirstBlock AND @LastBlock";

    /// <inheritdoc/>
    public override string FinishSegment =>
        """
        UPDATE audit_permits SET is_final = 1
        WHERE is_final = 0 AND run IN (SELECT r.run FROM audit_run r WHERE r.log = @Log AND r.segment = @Segment)
        """;

    /// <inheritdoc/>
    public override string CountFinished =>
        "SELECT COUNT(*) AS Lists, COALESCE(SUM(entries), 0) AS Entries FROM audit_permits WHERE is_final = 1";

    /// <inheritdoc/>
    public override string ReadFinished =>
        """
        SELECT p.run AS Run, r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock, p.hashes AS Hashes
        FROM audit_permits p INNER JOIN audit_run r ON r.run = p.run
        WHERE p.is_final = 1 ORDER BY p.run LIMIT @Limit
        """;

    /// <inheritdoc/>
    public override string DeleteFinished => "DELETE FROM audit_permits WHERE is_final = 1 AND run <= @Run";

    /// <inheritdoc/>
    public override string InsertFold => "INSERT INTO audit_fold (runs) VALUES (@Runs)";

    /// <inheritdoc/>
    public override string ReadNewestFold => "SELECT MAX(fold) FROM audit_fold";

    /// <inheritdoc/>
    public override string InsertFoldRow =>
        "INSERT INTO audit_index (prefix_fold, entries) VALUES ((@Prefix << 40) | @Fold, @Entries)";

    /// <inheritdoc/>
    public override string ReadLists =>
        """
        SELECT p.run AS Run, r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock, p.hashes AS Hashes
        FROM audit_permits p INNER JOIN audit_run r ON r.run = p.run
        """;

    /// <inheritdoc/>
    public override string ReadFoldRows =>
        """
        SELECT prefix_fold & 0xFFFFFFFFFF AS Fold, @Prefix AS Prefix, entries AS Entries
        FROM audit_index WHERE prefix_fold BETWEEN (@Prefix << 40) AND (@Prefix << 40) | 0xFFFFFFFFFF
        """;

    /// <inheritdoc/>
    public override string ReadFold => "SELECT runs FROM audit_fold WHERE fold = @Fold";

    /// <inheritdoc/>
    public override string ReadOverlapping =>
        """
        SELECT r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock
        FROM audit_span s CROSS JOIN audit_run r
            ON r.span = s.span AND r.from_instant >= @From - s.length AND r.from_instant <= @Until
        WHERE r.until_instant >= @From AND (r.log > @Log OR (r.log = @Log AND r.last_block >= @Block))
        ORDER BY r.log, r.first_block LIMIT @Limit
        """;

    /// <inheritdoc/>
    public override string ReadSegment =>
        $"SELECT {RunColumns} FROM audit_run r WHERE r.log = @Log AND r.segment = @Segment ORDER BY r.first_block";

    /// <inheritdoc/>
    public override string ReadSegmentsBefore =>
        """
        SELECT l.log AS Log, l.log_id AS LogId, r.segment AS Segment
        FROM audit_run r INNER JOIN audit_log l ON l.log = r.log
        GROUP BY r.log, r.segment HAVING MAX(r.until_instant) < @Before
        ORDER BY r.log, r.segment LIMIT @Limit
        """;

    /// <inheritdoc/>
    public override string InsertDeleted =>
        """
        INSERT INTO audit_deleted (log, segment, first_block, last_block, ends_at, ends)
        VALUES (@Log, @Segment, @FirstBlock, @LastBlock, @EndsAt, @Ends)
        """;

    /// <inheritdoc/>
    public override string ReadDeleted =>
        """
        SELECT log AS Log, segment AS Segment, first_block AS FirstBlock, last_block AS LastBlock, ends_at AS EndsAt, ends AS Ends
        FROM audit_deleted WHERE log = @Log AND segment BETWEEN @First AND @Last ORDER BY segment
        """;

    /// <inheritdoc/>
    public override string ReadFolds => "SELECT fold AS Fold, runs AS Runs FROM audit_fold ORDER BY fold";

    /// <inheritdoc/>
    public override string DeleteFoldRow => "DELETE FROM audit_index WHERE prefix_fold = (@Prefix << 40) | @Fold";

    /// <inheritdoc/>
    public override string DeleteFold => "DELETE FROM audit_fold WHERE fold = @Fold";

    /// <inheritdoc/>
    public override string ReadNextRun =>
        $"""
        SELECT {RunColumns}, r.packed AS Packed, l.log_id AS LogId
        FROM audit_run r INNER JOIN audit_log l ON l.log = r.log
        WHERE r.log = @Log AND (r.first_block > @FirstBlock OR (r.first_block = @FirstBlock AND r.run > @Run))
        ORDER BY r.first_block, r.run LIMIT 1
        """;

    /// <inheritdoc/>
    public override string ReadFoldRow => "SELECT entries FROM audit_index WHERE prefix_fold = (@Prefix << 40) | @Fold";

    /// <inheritdoc/>
    public override string ReadSpans => "SELECT length FROM audit_span ORDER BY span";
}
