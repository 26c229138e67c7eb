-- Of an import's lines that were recorded already, how many are annulled since. An annulment itself is an event row as any other.

ALTER TABLE import ADD COLUMN already_annulled INTEGER NOT NULL DEFAULT 0;
