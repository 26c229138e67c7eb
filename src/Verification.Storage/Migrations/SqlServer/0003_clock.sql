-- That an operator has checked the clock: events up to a revision say nothing of it any more.

ALTER TABLE dbo.registry ADD clock_confirmed_revision bigint NOT NULL CONSTRAINT df_registry_clock_confirmed_revision DEFAULT 0;
GO

ALTER TABLE dbo.registry ADD clock_confirmed_at datetime2(6) NULL; -- UTC
GO
