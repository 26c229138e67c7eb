namespace Verification.Storage.Sqlite;

/// <summary>Every statement of the SQLite store.</summary>
internal static class SqliteStatements
{
    /// <summary>
    /// Begins a new file, before it has a write-ahead log: so the file itself says whose it is. Small pages: an import sorted by date
    /// touches one leaf of the index by permit for every event. The number is <see cref="SqliteFile.ApplicationId"/>.
    /// </summary>
    public const string BeginFile = "PRAGMA page_size = 2048; PRAGMA application_id = 1347834439";

    public const string ConfigureFile = "PRAGMA journal_mode = WAL";

    public const string ReadTables = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'";

    public const string ReadRegistryColumns = "SELECT name FROM pragma_table_info('registry')";

    /// <summary>A cache of 64 MiB, and a checkpoint every 64 MiB of log.</summary>
    public const string ConfigureWriter =
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32768; PRAGMA temp_store = MEMORY";

    public const string ClaimDigestKey =
        "UPDATE registry SET digest_key_id = @digestKeyId WHERE digest_key_id IS NULL; SELECT digest_key_id FROM registry;";

    public const string ReadHead = "SELECT registry_id AS RegistryId, counter AS Counter FROM registry";

    /// <summary>The events of one permit, by <see cref="HistoryReader"/>.</summary>
    public const string LoadEach =
        """
        SELECT revision, type, effective_on, payload, recorded_at, recorded_by
        FROM event WHERE permit = ? ORDER BY sequence
        """;

    /// <summary>The events of all permits after a number, by <see cref="HistoryReader"/>, which stops where it has enough.</summary>
    public const string LoadPage =
        """
        SELECT revision, type, effective_on, payload, recorded_at, recorded_by, permit
        FROM event INDEXED BY event_by_permit WHERE permit > ? ORDER BY permit, sequence
        """;

    /// <summary>
    /// For reads of many permits, on their own connections: 8 MiB of pages in place of 2, so that the upper pages of both trees of some
    /// millions of events stay.
    /// </summary>
    public const string ConfigureReader = "PRAGMA cache_size = -8192";

    public const string LoadEvents =
        """
        SELECT e.permit, e.type, e.effective_on, e.payload
        FROM json_each(@permits) p CROSS JOIN event e ON e.permit = p.value
        ORDER BY e.permit, e.sequence
        """;

    public const string ReadMark =
        "SELECT permit AS Permit, sequence AS Sequence, recorded_at AS RecordedAt FROM event WHERE revision = @revision";

    /// <summary>When the newest event was recorded, and the earliest time that a clock which is right may show.</summary>
    public const string ReadLast =
        """
        SELECT e.recorded_at AS RecordedAt,
               CASE WHEN e.revision > r.clock_confirmed_revision THEN e.recorded_at ELSE r.clock_confirmed_at END AS ClockFloor
        FROM event e CROSS JOIN registry r
        ORDER BY e.revision DESC LIMIT 1
        """;

    /// <summary>Reads an index from end to end: once at the start.</summary>
    public const string CountEvents = "SELECT COUNT(*) FROM event";

    public const string ConfirmClock =
        "UPDATE registry SET clock_confirmed_revision = counter, clock_confirmed_at = @at RETURNING clock_confirmed_revision";

    public const string ReadChanges =
        "SELECT revision AS Revision, permit AS Permit FROM event WHERE revision > @since ORDER BY revision LIMIT @limit";

    /// <summary>
    /// A scan of all events, by <see cref="StampReader"/>, once at a node's start; an index on the bucket would cost every append, and to
    /// group them SQLite sorts them all.
    /// </summary>
    public const string ReadStamps = "SELECT bucket, revision FROM event";

    public const string RaiseCounter = "UPDATE registry SET counter = counter + @count RETURNING counter";

    public const string MarkRestored = "UPDATE registry SET registry_id = @registryId, counter = counter + @jump";

    public const string ReadRequest =
        """
        SELECT revision AS Revision, permit AS Permit, type AS Type, effective_on AS EffectiveOn, payload AS Payload
        FROM event WHERE recorded_by = @recordedBy AND request_id = @requestId
        """;

    public const string ReadEvents =
        "SELECT type AS Type, effective_on AS EffectiveOn, payload AS Payload FROM event WHERE permit = @permit ORDER BY sequence";

    public const string InsertEvent =
        """
        INSERT INTO event (permit, sequence, revision, bucket, type, effective_on, payload, recorded_at, recorded_by, request_id)
        VALUES (@permit, @sequence, @revision, @bucket, @type, @effectiveOn, @payload, @recordedAt, @recordedBy, @requestId)
        """;

    public const string ReadImport =
        """
        SELECT lines_read AS LinesRead, events_loaded AS EventsLoaded, revision AS Revision, prefix_digest AS PrefixDigest,
               is_complete AS IsComplete, already_recorded AS AlreadyRecorded, already_annulled AS AlreadyAnnulled,
               completed_at AS CompletedAt
        FROM import WHERE import_id = @importId
        """;

    public const string SaveImport =
        """
        INSERT INTO import (
            import_id, lines_read, events_loaded, revision, prefix_digest, is_complete, recorded_by, already_recorded, already_annulled,
            completed_at)
        VALUES (
            @importId, @linesRead, @eventsLoaded, @revision, @prefixDigest, @isComplete, @recordedBy, @alreadyRecorded, @alreadyAnnulled,
            @completedAt)
        ON CONFLICT (import_id) DO UPDATE SET lines_read = excluded.lines_read, events_loaded = excluded.events_loaded,
            revision = excluded.revision, prefix_digest = excluded.prefix_digest, is_complete = excluded.is_complete,
            already_recorded = excluded.already_recorded, already_annulled = excluded.already_annulled, completed_at = excluded.completed_at
        """;

    public const string InsertReject =
        "INSERT INTO import_reject (import_id, line, code, detail, detail_zh) VALUES (@importId, @line, @code, @detail, @detailZh)";

    public const string ReadRejects =
        """
        SELECT line AS Line, code AS Code, detail AS Detail, detail_zh AS DetailZh
        FROM import_reject WHERE import_id = @importId AND line > @afterLine ORDER BY line LIMIT @limit
        """;
}
