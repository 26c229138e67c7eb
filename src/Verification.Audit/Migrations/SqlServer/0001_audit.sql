-- The audit database: copies of all nodes' logs, and what finds their records. docs/audit-format.md says what the columns hold.
-- It may be the registry's database: every table begins with audit_.

CREATE TABLE dbo.audit_log (
    log    int        IDENTITY(1, 1) NOT NULL CONSTRAINT pk_audit_log PRIMARY KEY CLUSTERED, -- its number, from 1, never given twice
    log_id binary(16) NOT NULL CONSTRAINT uq_audit_log_id UNIQUE,
    copies bigint     NOT NULL -- how often something was copied: what copies wait for each other by
);
GO

-- Blocks that follow each other in a segment, packed as one. Numbers are never given twice.
CREATE TABLE dbo.audit_run (
    run           bigint         IDENTITY(1, 1) NOT NULL CONSTRAINT pk_audit_run PRIMARY KEY CLUSTERED,
    log           int            NOT NULL CONSTRAINT fk_audit_run_log REFERENCES dbo.audit_log (log),
    first_block   bigint         NOT NULL,
    last_block    bigint         NOT NULL,
    segment       int            NOT NULL,
    begins_at     int            NOT NULL,
    ends_at       int            NOT NULL,
    ends_segment  bit            NOT NULL,
    records       int            NOT NULL,
    from_instant  bigint         NOT NULL, -- Unix time in microseconds
    until_instant bigint         NOT NULL,
    span          int            NOT NULL,
    hash          binary(32)     NOT NULL, -- of the last block
    packed        varbinary(max) NOT NULL,
    CONSTRAINT ck_audit_run_first CHECK (first_block >= 1),
    CONSTRAINT ck_audit_run_last CHECK (last_block >= first_block),
    CONSTRAINT ck_audit_run_segment CHECK (segment >= 1)
);
GO

CREATE UNIQUE NONCLUSTERED INDEX uq_audit_run_block ON dbo.audit_run (log, first_block);
GO

CREATE NONCLUSTERED INDEX ix_audit_run_segment ON dbo.audit_run (log, segment, until_instant);
GO

-- Covers a search by instant.
CREATE NONCLUSTERED INDEX ix_audit_run_instant ON dbo.audit_run (span, from_instant) INCLUDE (until_instant, log, first_block, last_block);
GO

-- The lengths of spans. A run of a span is found by its beginning, at most that long before what it covers.
CREATE TABLE dbo.audit_span (
    span   int    NOT NULL CONSTRAINT pk_audit_span PRIMARY KEY CLUSTERED,
    length bigint NOT NULL
);
GO

WITH doubled (span, length) AS (
    SELECT 0, CAST(1 AS bigint)
    UNION ALL
    SELECT span + 1, length * 2 FROM doubled WHERE span < 61
)
INSERT INTO dbo.audit_span (span, length) SELECT span, length FROM doubled;
GO

-- The permits of runs that are in no fold yet.
CREATE TABLE dbo.audit_permits (
    run      bigint         NOT NULL CONSTRAINT pk_audit_permits PRIMARY KEY CLUSTERED
                                     CONSTRAINT fk_audit_permits_run REFERENCES dbo.audit_run (run),
    is_final bit            NOT NULL, -- whether the run stays as it is
    entries  int            NOT NULL,
    hashes   varbinary(max) NOT NULL
);
GO

-- The index by permit: a fold is the lists of many runs, sorted; its rows are clustered by the first byte of the permits' hashes.
CREATE TABLE dbo.audit_fold (
    fold bigint         IDENTITY(1, 1) NOT NULL CONSTRAINT pk_audit_fold PRIMARY KEY CLUSTERED,
    runs varbinary(max) NOT NULL
);
GO

CREATE TABLE dbo.audit_index (
    prefix  int            NOT NULL,
    fold    bigint         NOT NULL,
    entries varbinary(max) NOT NULL,
    CONSTRAINT pk_audit_index PRIMARY KEY CLUSTERED (prefix, fold)
);
GO

-- What stays of segments whose time was over.
CREATE TABLE dbo.audit_deleted (
    log         int            NOT NULL CONSTRAINT fk_audit_deleted_log REFERENCES dbo.audit_log (log),
    segment     int            NOT NULL,
    first_block bigint         NOT NULL,
    last_block  bigint         NOT NULL,
    ends_at     int            NOT NULL,
    ends        varbinary(512) NOT NULL,
    CONSTRAINT pk_audit_deleted PRIMARY KEY CLUSTERED (log, segment)
);
GO
