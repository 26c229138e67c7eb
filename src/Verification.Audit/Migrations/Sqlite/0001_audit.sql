-- The audit database: copies of all nodes' logs, and what finds their records. docs/audit-format.md says what the columns hold.

CREATE TABLE audit_log (
    log    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- its number, from 1, never given twice
    log_id BLOB    NOT NULL UNIQUE CHECK (length(log_id) = 16),
    copies INTEGER NOT NULL                            -- how often something was copied: what copies wait for each other by
) STRICT;

-- Blocks that follow each other in a segment, packed as one. Numbers are never given twice.
CREATE TABLE audit_run (
    run           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    log           INTEGER NOT NULL REFERENCES audit_log (log),
    first_block   INTEGER NOT NULL CHECK (first_block >= 1),
    last_block    INTEGER NOT NULL CHECK (last_block >= first_block),
    segment       INTEGER NOT NULL CHECK (segment >= 1),
    begins_at     INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,
    ends_segment  INTEGER NOT NULL CHECK (ends_segment IN (0, 1)),
    records       INTEGER NOT NULL,
    from_instant  INTEGER NOT NULL, -- Unix time in microseconds
    until_instant INTEGER NOT NULL,
    span          INTEGER NOT NULL,
    hash          BLOB    NOT NULL, -- of the last block
    packed        BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX audit_run_by_block ON audit_run (log, first_block);

CREATE INDEX audit_run_by_segment ON audit_run (log, segment, until_instant);

-- Covers a search by instant.
CREATE INDEX audit_run_by_instant ON audit_run (span, from_instant, until_instant, log, first_block, last_block);

-- The lengths of spans. A run of a span is found by its beginning, at most that long before what it covers.
CREATE TABLE audit_span (
    span   INTEGER NOT NULL PRIMARY KEY,
    length INTEGER NOT NULL
) STRICT;

INSERT INTO audit_span (span, length)
WITH RECURSIVE doubled (span, length) AS (SELECT 0, 1 UNION ALL SELECT span + 1, length * 2 FROM doubled WHERE span < 61)
SELECT span, length FROM doubled;

-- The permits of runs that are in no fold yet.
CREATE TABLE audit_permits (
    run      INTEGER NOT NULL PRIMARY KEY REFERENCES audit_run (run),
    is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)), -- whether the run stays as it is
    entries  INTEGER NOT NULL,
    hashes   BLOB    NOT NULL
) STRICT;

-- The index by permit: a fold is the lists of many runs, sorted; its rows are clustered by the first byte of the permits' hashes.
CREATE TABLE audit_fold (
    fold INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    runs BLOB    NOT NULL
) STRICT;

CREATE TABLE audit_index (
    prefix_fold INTEGER NOT NULL PRIMARY KEY, -- the prefix in the upper 24 bits, the fold in the lower 40
    entries     BLOB    NOT NULL
) STRICT;

-- What stays of segments whose time was over.
CREATE TABLE audit_deleted (
    log         INTEGER NOT NULL REFERENCES audit_log (log),
    segment     INTEGER NOT NULL,
    first_block INTEGER NOT NULL,
    last_block  INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    ends        BLOB    NOT NULL,
    PRIMARY KEY (log, segment)
) STRICT, WITHOUT ROWID;
