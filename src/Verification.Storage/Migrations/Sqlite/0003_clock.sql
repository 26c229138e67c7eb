-- That an operator has checked the clock: events up to a revision say nothing of it any more. And whose file this is.

ALTER TABLE registry ADD COLUMN clock_confirmed_revision INTEGER NOT NULL DEFAULT 0;

ALTER TABLE registry ADD COLUMN clock_confirmed_at INTEGER NOT NULL DEFAULT 0; -- Unix time in microseconds

PRAGMA application_id = 1347834439;
