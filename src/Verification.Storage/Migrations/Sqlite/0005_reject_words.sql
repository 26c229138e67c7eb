-- What is wrong with a rejected line, in Chinese too.

ALTER TABLE import_reject ADD COLUMN detail_zh TEXT NULL; -- null where an older version rejected it
