-- What is wrong with a rejected line, in Chinese too.

ALTER TABLE dbo.import_reject ADD detail_zh nvarchar(4000) NULL; -- null where an older version rejected it
GO
