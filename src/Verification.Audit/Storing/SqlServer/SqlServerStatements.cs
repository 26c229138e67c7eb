using Verification.Audit.Storing.Tables;

namespace Verification.Audit.Storing.SqlServer;

/// <summary>The statements for SQL Server: plain T-SQL, as the registry's. Nothing here rests on a hint; the log's row and the unique keys keep the order.</summary>
internal sealed class SqlServerStatements : AuditStatements
{
    /// <summary>Takes the migration lock for the session: 0 and 1 say that it is held, less than 0 that it is not.</summary>
    public const string LockMigrations =
        """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'verification-audit-migrations', @LockMode = N'Exclusive',
            @LockOwner = N'Session', @LockTimeout = @WaitMilliseconds;
        SELECT @result;
        """;

    private const string RunColumns =
        """
        r.run AS Run, r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock, r.segment AS Segment,
               r.begins_at AS BeginsAt, r.ends_at AS EndsAt, r.ends_segment AS EndsSegment, r.records AS Records,
               r.from_instant AS FromInstant, r.until_instant AS UntilInstant, r.span AS Span, r.hash AS Hash
        """;

    /// <inheritdoc/>
    public override string ReadLogs => "SELECT log AS Log, log_id AS LogId FROM dbo.audit_log ORDER BY log;";

    /// <inheritdoc/>
    public override string FindLog => "SELECT log AS Log, log_id AS LogId FROM dbo.audit_log WHERE log_id = @LogId;";

    /// <inheritdoc/>
    public override string InsertLog => "INSERT INTO dbo.audit_log (log_id, copies) VALUES (@LogId, 0);";

    /// <inheritdoc/>
    public override string LockLog => "UPDATE dbo.audit_log SET copies = copies + 1 WHERE log = @Log;";

    /// <inheritdoc/>
    public override string ReadLastRun =>
        $"SELECT TOP (1) {RunColumns} FROM dbo.audit_run r WHERE r.log = @Log ORDER BY r.first_block DESC;";

    /// <inheritdoc/>
    public override string ReadLastDeleted =>
        """
        SELECT TOP (1) log AS Log, segment AS Segment, first_block AS FirstBlock, last_block AS LastBlock, ends_at AS EndsAt, ends AS Ends
        FROM dbo.audit_deleted WHERE log = @Log ORDER BY segment DESC;
        """;

    /// <inheritdoc/>
    public override string InsertRun =>
        """
        INSERT INTO dbo.audit_run (
            log, first_block, last_block, segment, begins_at, ends_at, ends_segment, records, from_instant, until_instant, span, hash, packed)
        VALUES (
            @Log, @FirstBlock, @LastBlock, @Segment, @BeginsAt, @EndsAt, @EndsSegment, @Records, @FromInstant, @UntilInstant, @Span, @Hash,
            @Packed);
        """;

    /// <inheritdoc/>
    public override string FindRun => "SELECT run FROM dbo.audit_run WHERE log = @Log AND first_block = @FirstBlock;";

    /// <inheritdoc/>
    public override string InsertPermits =>
        "INSERT INTO dbo.audit_permits (run, is_final, entries, hashes) VALUES (@Run, @IsFinal, @Entries, @Hashes);";

    /// <inheritdoc/>
    public override string ReadLoose =>
        $"""
        SELECT {RunColumns}
        FROM dbo.audit_permits p INNER JOIN dbo.audit_run r ON r.run = p.run
        WHERE r.log = @Log AND p.is_final = 0 ORDER BY r.first_block;
        """;

    /// <inheritdoc/>
    public override string ReadRun =>
        $"""
        SELECT TOP (1) {RunColumns}, r.packed AS Packed, l.log_id AS LogId
        FROM dbo.audit_run r INNER JOIN dbo.audit_log l ON l.log = r.log
        WHERE r.log = @Log AND r.first_block <= @Block ORDER BY r.first_block DESC;
        """;

    /// <inheritdoc/>
    public override string ReadPermits => "SELECT hashes FROM dbo.audit_permits WHERE run = @Run;";

    /// <inheritdoc/>
    public override string DeletePermitsOf =>
        """
        DELETE FROM dbo.audit_permits
        WHERE run IN (SELECT r.run FROM dbo.audit_run r WHERE r.log = @Log AND r.first_block BETWEEN @FirstBlock AND @LastBlock);
        """;

    /// <inheritdoc/>
    public override string DeleteRuns => "DELETE FROM dbo.audit_run WHERE log = @Log AND first_block BETWEEN @FirstBlock AND @LastBlock;";

    /// <inheritdoc/>
    public override string FinishSegment =>
        """
        UPDATE dbo.audit_permits SET is_final = 1
        WHERE is_final = 0 AND run IN (SELECT r.run FROM dbo.audit_run r WHERE r.log = @Log AND r.segment = @Segment);
        """;

    /// <inheritdoc/>
    public override string CountFinished =>
        "SELECT COUNT_BIG(run) AS Lists, COALESCE(SUM(CAST(entries AS bigint)), 0) AS Entries FROM dbo.audit_permits WHERE is_final = 1;";

    /// <inheritdoc/>
    public override string ReadFinished =>
        """
        SELECT TOP (@Limit) p.run AS Run, r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock, p.hashes AS Hashes
        FROM dbo.audit_permits p INNER JOIN dbo.audit_run r ON r.run = p.run
        WHERE p.is_final = 1 ORDER BY p.run;
        """;

    /// <inheritdoc/>
    public override string DeleteFinished => "DELETE FROM dbo.audit_permits WHERE is_final = 1 AND run <= @Run;";

    /// <inheritdoc/>
    public override string InsertFold => "INSERT INTO dbo.audit_fold (runs) VALUES (@Runs);";

    /// <inheritdoc/>
    public override string ReadNewestFold => "SELECT MAX(fold) FROM dbo.audit_fold;";

    /// <inheritdoc/>
    public override string InsertFoldRow => "INSERT INTO dbo.audit_index (prefix, fold, entries) VALUES (@Prefix, @Fold, @Entries);";

    /// <inheritdoc/>
    public override string ReadLists =>
        """
        SELECT p.run AS Run, r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock, p.hashes AS Hashes
        FROM dbo.audit_permits p INNER JOIN dbo.audit_run r ON r.run = p.run;
        """;

    /// <inheritdoc/>
    public override string ReadFoldRows =>
        "SELECT fold AS Fold, prefix AS Prefix, entries AS Entries FROM dbo.audit_index WHERE prefix = @Prefix;";

    /// <inheritdoc/>
    public override string ReadFold => "SELECT runs FROM dbo.audit_fold WHERE fold = @Fold;";

    /// <inheritdoc/>
    public override string ReadOverlapping =>
        """
        SELECT TOP (@Limit) r.log AS Log, r.first_block AS FirstBlock, r.last_block AS LastBlock
        FROM dbo.audit_span s INNER JOIN dbo.audit_run r
            ON r.span = s.span AND r.from_instant >= @From - s.length AND r.from_instant <= @Until
        WHERE r.until_instant >= @From AND (r.log > @Log OR (r.log = @Log AND r.last_block >= @Block))
        ORDER BY r.log, r.first_block;
        """;

    /// <inheritdoc/>
    public override string ReadSegment =>
        $"SELECT {RunColumns} FROM dbo.audit_run r WHERE r.log = @Log AND r.segment = @Segment ORDER BY r.first_block;";

    /// <inheritdoc/>
    public override string ReadSegmentsBefore =>
        """
        SELECT TOP (@Limit) l.log AS Log, l.log_id AS LogId, r.segment AS Segment
        FROM dbo.audit_run r INNER JOIN dbo.audit_log l ON l.log = r.log
        GROUP BY l.log, l.log_id, r.segment HAVING MAX(r.until_instant) < @Before
        ORDER BY l.log, r.segment;
        """;

    /// <inheritdoc/>
    public override string InsertDeleted =>
        """
        INSERT INTO dbo.audit_deleted (log, segment, first_block, last_block, ends_at, ends)
        VALUES (@Log, @Segment, @FirstBlock, @LastBlock, @EndsAt, @Ends);
        """;

    /// <inheritdoc/>
    public override string ReadDeleted =>
        """
        SELECT log AS Log, segment AS Segment, first_block AS FirstBlock, last_block AS LastBlock, ends_at AS EndsAt, ends AS Ends
        FROM dbo.audit_deleted WHERE log = @Log AND segment BETWEEN @First AND @Last ORDER BY segment;
        """;

    /// <inheritdoc/>
    public override string ReadFolds => "SELECT fold AS Fold, runs AS Runs FROM dbo.audit_fold ORDER BY fold;";

    /// <inheritdoc/>
    public override string DeleteFoldRow => "DELETE FROM dbo.audit_index WHERE prefix = @Prefix AND fold = @Fold;";

    /// <inheritdoc/>
    public override string DeleteFold => "DELETE FROM dbo.audit_fold WHERE fold = @Fold;";

    /// <inheritdoc/>
    public override string ReadNextRun =>
        $"""
        SELECT TOP (1) {RunColumns}, r.packed AS Packed, l.log_id AS LogId
        FROM dbo.audit_run r INNER JOIN dbo.audit_log l ON l.log = r.log
        WHERE r.log = @Log AND (r.first_block > @FirstBlock OR (r.first_block = @FirstBlock AND r.run > @Run))
        ORDER BY r.first_block, r.run;
        """;

    /// <inheritdoc/>
    public override string ReadFoldRow => "SELECT entries FROM dbo.audit_index WHERE prefix = @Prefix AND fold = @Fold;";

    /// <inheritdoc/>
    public override string ReadSpans => "SELECT length FROM dbo.audit_span ORDER BY span;";
}
