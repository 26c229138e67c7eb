-- The system of record: who the registry is, its events, and its imports.
-- Identifiers are ASCII in a binary collation: they are compared byte by byte, whatever the database's own collation equates.
-- No column is nvarchar(max): the driver misreads long results with one where packets arrive in pieces (see the decisions).

CREATE TABLE dbo.registry (
    id            int              NOT NULL CONSTRAINT pk_registry PRIMARY KEY CLUSTERED,
    registry_id   uniqueidentifier NOT NULL,
    counter       bigint           NOT NULL, -- the revision of the last event
    digest_key_id bigint           NULL,     -- the key of all identity digests, once known
    CONSTRAINT ck_registry_one_row CHECK (id = 1),
    CONSTRAINT ck_registry_counter CHECK (counter >= 0)
);
GO

INSERT INTO dbo.registry (id, registry_id, counter) VALUES (1, NEWID(), 0);
GO

-- Clustered by permit: a load is one seek.
CREATE TABLE dbo.event (
    permit       varchar(24)  COLLATE Latin1_General_BIN2 NOT NULL,
    sequence     int          NOT NULL,
    revision     bigint       NOT NULL,
    bucket       int          NOT NULL,
    type         varchar(32)  COLLATE Latin1_General_BIN2 NOT NULL,
    effective_on date         NOT NULL,
    payload      varchar(max) COLLATE Latin1_General_BIN2 NULL, -- JSON in ASCII; identity numbers as digests
    recorded_at  datetime2(6) NOT NULL, -- UTC
    recorded_by  nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY CLUSTERED (permit, sequence),
    CONSTRAINT ck_event_sequence CHECK (sequence >= 1),
    CONSTRAINT ck_event_revision CHECK (revision >= 1),
    CONSTRAINT ck_event_bucket CHECK (bucket BETWEEN 0 AND 65535)
);
GO

-- Serves the feed, and the scan for the stamps, from the index alone: it holds the clustered key as well.
CREATE UNIQUE NONCLUSTERED INDEX uq_event_revision ON dbo.event (revision) INCLUDE (bucket);
GO

-- The requests that recorded an event. A table of its own: imported events have no request, and a unique key over a column that
-- may be null means different things to different servers.
CREATE TABLE dbo.append_request (
    recorded_by nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
    request_id  varchar(64)  COLLATE Latin1_General_BIN2 NOT NULL,
    revision    bigint       NOT NULL,
    CONSTRAINT pk_append_request PRIMARY KEY CLUSTERED (recorded_by, request_id)
);
GO

CREATE TABLE dbo.import (
    import_id     varchar(128) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT pk_import PRIMARY KEY CLUSTERED,
    lines_read    bigint       NOT NULL,
    events_loaded bigint       NOT NULL,
    revision      bigint       NOT NULL, -- of the last event loaded; 0 while there is none
    prefix_digest varchar(64)  COLLATE Latin1_General_BIN2 NOT NULL, -- SHA-256 of the lines read
    is_complete   bit          NOT NULL,
    recorded_by   nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
    CONSTRAINT ck_import_lines_read CHECK (lines_read >= 0)
);
GO

CREATE TABLE dbo.import_reject (
    import_id varchar(128)   COLLATE Latin1_General_BIN2 NOT NULL,
    line      bigint         NOT NULL,
    code      varchar(32)    COLLATE Latin1_General_BIN2 NOT NULL,
    detail    nvarchar(4000) NOT NULL,
    CONSTRAINT pk_import_reject PRIMARY KEY CLUSTERED (import_id, line),
    CONSTRAINT fk_import_reject_import FOREIGN KEY (import_id) REFERENCES dbo.import (import_id)
);
GO

-- The lines of batches that are being loaded: filled and emptied inside one transaction, so nobody ever sees a row. A plain table
-- and no temporary one: bulk copy into a temporary table asks for things of tempdb that not every TDS server has.
CREATE TABLE dbo.import_line (
    batch_id     uniqueidentifier NOT NULL,
    line         bigint           NOT NULL,
    permit       varchar(24)      COLLATE Latin1_General_BIN2 NOT NULL,
    bucket       int              NOT NULL,
    type         varchar(32)      COLLATE Latin1_General_BIN2 NOT NULL,
    effective_on date             NOT NULL,
    payload      varchar(max)     COLLATE Latin1_General_BIN2 NULL,
    CONSTRAINT pk_import_line PRIMARY KEY CLUSTERED (batch_id, line),
    CONSTRAINT ck_import_line_line CHECK (line >= 1),
    CONSTRAINT ck_import_line_bucket CHECK (bucket BETWEEN 0 AND 65535)
);
GO
