using System.Text;

namespace Verification.Storage.SqlServer;

/// <summary>
/// Every statement of the SQL Server store: plain T-SQL that any TDS server runs. Nothing here rests on a hint; the counter row and
/// the unique keys keep the order.
/// </summary>
/// <remarks>
/// Reads take the clock in a statement before the one that reads: what was committed before that instant is in the snapshot. With
/// the clock in the same statement the server might read it after it took the snapshot.
/// </remarks>
internal static class SqlServerStatements
{
    /// <summary>The most permits of one load; a command holds 2,100 parameters.</summary>
    public const int MaxPermits = 1_024;

    public const string IsReadCommittedSnapshotOn =
        "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME()";

    /// <summary>The columns of those tables that have a name of the registry's: they are its own, or another program's.</summary>
    public const string ReadColumns =
        """
        SELECT t.name AS TableName, c.name AS ColumnName
        FROM sys.tables t
        INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
        INNER JOIN sys.columns c ON c.object_id = t.object_id
        WHERE s.name = N'dbo'
          AND t.name IN (N'registry', N'event', N'append_request', N'import', N'import_reject', N'import_line', N'SchemaVersions');
        """;

    /// <summary>Takes the migration lock for the session: 0 and 1 say that it is held, less than 0 that it is not.</summary>
    public const string LockMigrations =
        """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'verification-registry-migrations', @LockMode = N'Exclusive',
            @LockOwner = N'Session', @LockTimeout = @waitMilliseconds;
        SELECT @result;
        """;

    public const string ClaimDigestKey =
        """
        UPDATE dbo.registry SET digest_key_id = @digestKeyId WHERE id = 1 AND digest_key_id IS NULL;
        SELECT digest_key_id FROM dbo.registry WHERE id = 1;
        """;

    public const string ReadHead =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf FROM dbo.registry r WHERE r.id = 1;
        """;

    /// <summary>A permit's events with the head of their snapshot; one row without an event where there is no such permit.</summary>
    public const string Load =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf,
               e.permit AS Permit, e.revision AS Revision, e.type AS Type, e.effective_on AS EffectiveOn, e.payload AS Payload,
               e.recorded_at AS RecordedAt, e.recorded_by AS RecordedBy
        FROM dbo.registry r LEFT JOIN dbo.event e ON e.permit = @permit
        WHERE r.id = 1
        ORDER BY e.sequence;
        """;

    /// <summary>The events of the permits after a number, as many permits as wanted, with the head of their snapshot on every row.</summary>
    public const string LoadPage =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf,
               e.permit AS Permit, e.revision AS Revision, e.type AS Type, e.effective_on AS EffectiveOn, e.payload AS Payload,
               e.recorded_at AS RecordedAt, e.recorded_by AS RecordedBy
        FROM dbo.registry r
        LEFT JOIN dbo.event e ON e.permit > @after AND e.permit <= (
            SELECT MAX(n.permit)
            FROM (SELECT DISTINCT TOP (@limit) p.permit FROM dbo.event p WHERE p.permit > @after ORDER BY p.permit) n)
        WHERE r.id = 1
        ORDER BY e.permit, e.sequence;
        """;

    /// <summary>The mark of the event at a revision, and the commits after it, on every row the head of their one snapshot.</summary>
    public const string ReadChanges =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf,
               m.permit AS MarkPermit, m.sequence AS MarkSequence, m.recorded_at AS MarkRecordedAt,
               l.recorded_at AS LastRecordedAt,
               CASE WHEN l.revision > r.clock_confirmed_revision THEN l.recorded_at ELSE r.clock_confirmed_at END AS ClockFloor,
               c.revision AS Revision, c.permit AS Permit
        FROM dbo.registry r
        LEFT JOIN (SELECT TOP (1) e.revision, e.recorded_at FROM dbo.event e ORDER BY e.revision DESC) l ON 1 = 1
        LEFT JOIN dbo.event m ON m.revision = @since
        LEFT JOIN (SELECT TOP (@limit) e.revision, e.permit FROM dbo.event e WHERE e.revision > @since ORDER BY e.revision) c ON 1 = 1
        WHERE r.id = 1
        ORDER BY c.revision;
        """;

    /// <summary>What the registry holds, in few words. Reads an index from end to end: once at a node's start.</summary>
    public const string ReadContents =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf,
               (SELECT COUNT_BIG(e.revision) FROM dbo.event e) AS Events,
               (SELECT TOP (1) e.recorded_at FROM dbo.event e ORDER BY e.revision DESC) AS LastRecordedAt
        FROM dbo.registry r WHERE r.id = 1;
        """;

    /// <summary>To be run in a transaction: the head that it answers is then the one that it confirmed.</summary>
    public const string ConfirmClock =
        """
        UPDATE dbo.registry SET clock_confirmed_revision = counter, clock_confirmed_at = SYSUTCDATETIME() WHERE id = 1;
        SELECT clock_confirmed_revision AS Revision, clock_confirmed_at AS ConfirmedAt FROM dbo.registry WHERE id = 1;
        """;

    /// <summary>
    /// For every bucket its last revision, on every row the head of their one snapshot. Reads every event: once at a node's start.
    /// </summary>
    public const string ReadStamps =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf, s.bucket AS Bucket, s.revision AS Revision
        FROM dbo.registry r
        LEFT JOIN (SELECT e.bucket, MAX(e.revision) AS revision FROM dbo.event e GROUP BY e.bucket) s ON 1 = 1
        WHERE r.id = 1;
        """;

    /// <summary>
    /// Locks the counter row until the transaction ends, and answers what it is now: who comes next waits here, and reads what was
    /// committed. Not by OUTPUT, which some servers rewrite as a join that finds no row after it had to wait.
    /// </summary>
    public const string RaiseCounter =
        """
        UPDATE dbo.registry SET counter = counter + @count WHERE id = 1;
        SELECT counter FROM dbo.registry WHERE id = 1;
        """;

    /// <summary>
    /// Before <see cref="RaiseCounter"/>, in one round trip: how long the session waits for locks. Less than the call's time, so that the
    /// server can still say what it waited for. A connection forgets it when it goes back to its pool.
    /// </summary>
    public static string WaitForLocks(TimeSpan callTimeout) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SET LOCK_TIMEOUT {(int)(callTimeout.TotalMilliseconds * 0.75)};\n");

    /// <summary>
    /// Raises the counter, then answers the event that the request recorded before, then the permit's history. Each statement has a snapshot of
    /// its own, and those of the reads are taken with the counter row locked: they hold every earlier commit.
    /// </summary>
    public const string BeginAppend =
        RaiseCounter
        + """

        SELECT q.revision AS Revision, e.permit AS Permit, e.type AS Type, e.effective_on AS EffectiveOn, e.payload AS Payload
        FROM dbo.append_request q INNER JOIN dbo.event e ON e.revision = q.revision
        WHERE q.recorded_by = @recordedBy AND q.request_id = @requestId;
        SELECT permit AS Permit, type AS Type, effective_on AS EffectiveOn, payload AS Payload
        FROM dbo.event WHERE permit = @permit ORDER BY sequence;
        """;

    public const string InsertEvent =
        """
        INSERT INTO dbo.event (permit, sequence, revision, bucket, type, effective_on, payload, recorded_at, recorded_by)
        VALUES (@permit, @sequence, @revision, @bucket, @type, @effectiveOn, @payload, SYSUTCDATETIME(), @recordedBy);
        INSERT INTO dbo.append_request (recorded_by, request_id, revision) VALUES (@recordedBy, @requestId, @revision);
        """;

    public const string ReadImport =
        """
        SELECT lines_read AS LinesRead, events_loaded AS EventsLoaded, revision AS Revision, prefix_digest AS PrefixDigest,
               is_complete AS IsComplete, already_recorded AS AlreadyRecorded, already_annulled AS AlreadyAnnulled,
               completed_at AS CompletedAt
        FROM dbo.import WHERE import_id = @importId;
        """;

    public const string InsertImport =
        """
        INSERT INTO dbo.import (
            import_id, lines_read, events_loaded, revision, prefix_digest, is_complete, recorded_by, already_recorded, already_annulled,
            completed_at)
        VALUES (
            @importId, @linesRead, @eventsLoaded, @revision, @prefixDigest, @isComplete, @recordedBy, @alreadyRecorded, @alreadyAnnulled,
            CASE WHEN @isComplete = 1 THEN SYSUTCDATETIME() END);
        """;

    public const string UpdateImport =
        """
        UPDATE dbo.import
        SET lines_read = @linesRead, events_loaded = @eventsLoaded, revision = @revision, prefix_digest = @prefixDigest,
            is_complete = @isComplete, already_recorded = @alreadyRecorded, already_annulled = @alreadyAnnulled,
            completed_at = CASE WHEN @isComplete = 1 THEN SYSUTCDATETIME() END
        WHERE import_id = @importId AND lines_read = @linesBefore AND is_complete = 0;
        """;

    public const string ReadRejects =
        """
        SELECT TOP (@limit) line AS Line, code AS Code, detail AS Detail, detail_zh AS DetailZh
        FROM dbo.import_reject WHERE import_id = @importId AND line > @afterLine ORDER BY line;
        """;

    /// <summary>The events that the permits of a staged batch have so far.</summary>
    public const string ReadStagedHistories =
        """
        SELECT e.permit AS Permit, e.type AS Type, e.effective_on AS EffectiveOn, e.payload AS Payload
        FROM dbo.event e
        WHERE EXISTS (SELECT 1 FROM dbo.import_line s WHERE s.batch_id = @batchId AND s.permit = e.permit)
        ORDER BY e.permit, e.sequence;
        """;

    /// <summary>
    /// Appends the staged lines that have no reject, in order of line, after the revision <c>@before</c>; sequences go on where each
    /// permit's history ends. The batch's rejects are those beyond <c>@linesBefore</c>: without that bound a server may look through
    /// all rejects of the import for every batch, with the counter row locked.
    /// </summary>
    public const string AppendStaged =
        """
        INSERT INTO dbo.event (permit, sequence, revision, bucket, type, effective_on, payload, recorded_at, recorded_by)
        SELECT s.permit,
               CAST(COALESCE((SELECT MAX(e.sequence) FROM dbo.event e WHERE e.permit = s.permit), 0)
                    + ROW_NUMBER() OVER (PARTITION BY s.permit ORDER BY s.line) AS int),
               @before + ROW_NUMBER() OVER (ORDER BY s.line),
               s.bucket, s.type, s.effective_on, s.payload, SYSUTCDATETIME(), @recordedBy
        FROM dbo.import_line s
        WHERE s.batch_id = @batchId
          AND NOT EXISTS (
              SELECT 1 FROM dbo.import_reject j WHERE j.import_id = @importId AND j.line > @linesBefore AND j.line = s.line);
        """;

    public const string DeleteStaged = "DELETE FROM dbo.import_line WHERE batch_id = @batchId;";

    /// <summary>To be run in a transaction: the head that it answers is then the one that it made.</summary>
    public const string MarkRestored =
        """
        UPDATE dbo.registry SET registry_id = @registryId, counter = counter + @jump WHERE id = 1;

        """
        + ReadHead;

    private const string LoadManyBegin =
        """
        DECLARE @asOf datetime2(7) = SYSUTCDATETIME();
        SELECT r.registry_id AS RegistryId, r.counter AS Counter, @asOf AS AsOf,
               e.permit AS Permit, e.revision AS Revision, e.type AS Type, e.effective_on AS EffectiveOn, e.payload AS Payload,
               e.recorded_at AS RecordedAt, e.recorded_by AS RecordedBy
        FROM dbo.registry r LEFT JOIN dbo.event e ON e.permit IN (
        """;

    private const string LoadManyEnd =
        """
        )
        WHERE r.id = 1
        ORDER BY e.permit, e.sequence;
        """;

    /// <summary>
    /// As <see cref="Load"/>, of the permits in the parameters <c>@p0</c>, <c>@p1</c>, … The server keeps one plan for each count:
    /// callers fill up to a power of two.
    /// </summary>
    public static string LoadMany(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxPermits);
        var statement = new StringBuilder(LoadManyBegin).Append("@p0");
        for (var i = 1; i < count; i++)
        {
            statement.Append(", @p").Append(i);
        }

        return statement.Append(LoadManyEnd).ToString();
    }
}
