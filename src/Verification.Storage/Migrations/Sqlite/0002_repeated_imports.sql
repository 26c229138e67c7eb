-- An import that is not the first: how many of its lines were recorded already, and when it was completed.

ALTER TABLE import ADD COLUMN already_recorded INTEGER NOT NULL DEFAULT 0;

ALTER TABLE import ADD COLUMN completed_at INTEGER NULL; -- Unix time in microseconds; null before, and where an older version completed it
