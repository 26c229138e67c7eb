-- An import that is not the first: how many of its lines were recorded already, and when it was completed.

ALTER TABLE dbo.import ADD
    already_recorded bigint       NOT NULL CONSTRAINT df_import_already_recorded DEFAULT 0,
    completed_at     datetime2(6) NULL; -- UTC; null before, and where an older version completed it
GO
