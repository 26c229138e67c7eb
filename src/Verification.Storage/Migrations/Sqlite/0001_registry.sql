-- The system of record: who the registry is, its events, and its imports.

CREATE TABLE registry (
    id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    registry_id   TEXT    NOT NULL,
    counter       INTEGER NOT NULL CHECK (counter >= 0), -- the revision of the last event
    digest_key_id INTEGER NULL                           -- the key of all identity digests, once known
) STRICT;

INSERT INTO registry (id, registry_id, counter) VALUES (1, lower(hex(randomblob(16))), 0);

-- In order of revision: an append touches the end of the table and one leaf of the index by permit.
CREATE TABLE event (
    revision     INTEGER NOT NULL PRIMARY KEY CHECK (revision >= 1),
    permit       TEXT    NOT NULL COLLATE BINARY,
    sequence     INTEGER NOT NULL CHECK (sequence >= 1),
    bucket       INTEGER NOT NULL CHECK (bucket BETWEEN 0 AND 65535),
    type         TEXT    NOT NULL,
    effective_on TEXT    NOT NULL, -- YYYY-MM-DD
    payload      TEXT    NULL,     -- JSON; identity numbers as digests
    recorded_at  INTEGER NOT NULL, -- Unix time in microseconds
    recorded_by  TEXT    NOT NULL,
    request_id   TEXT    NULL COLLATE BINARY
) STRICT;

CREATE UNIQUE INDEX event_by_permit ON event (permit, sequence);

CREATE UNIQUE INDEX event_by_request ON event (recorded_by, request_id) WHERE request_id IS NOT NULL;

CREATE TABLE import (
    import_id     TEXT    NOT NULL COLLATE BINARY PRIMARY KEY,
    lines_read    INTEGER NOT NULL,
    events_loaded INTEGER NOT NULL,
    revision      INTEGER NOT NULL, -- of the last event loaded; 0 while there is none
    prefix_digest TEXT    NOT NULL, -- SHA-256 of the lines read
    is_complete   INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
    recorded_by   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_reject (
    import_id TEXT    NOT NULL COLLATE BINARY REFERENCES import (import_id),
    line      INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    detail    TEXT    NOT NULL,
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
