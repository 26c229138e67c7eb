-- Of an import's lines that were recorded already, how many are annulled since. An annulment itself is an event row as any other.

ALTER TABLE dbo.import ADD already_annulled bigint NOT NULL CONSTRAINT df_import_already_annulled DEFAULT 0;
GO
