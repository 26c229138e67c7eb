using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Storage.Tests.Sqlite;

public sealed class SqliteRegistryTests : IDisposable
{
    private const string ImportOfAnOlderVersion =
        """
        INSERT INTO import (import_id, lines_read, events_loaded, revision, prefix_digest, is_complete, recorded_by)
        VALUES ('@id', 7, 4, 4, 'digest', 1, 'importer')
        ON CONFLICT (import_id) DO UPDATE SET lines_read = excluded.lines_read, events_loaded = excluded.events_loaded,
            revision = excluded.revision, prefix_digest = excluded.prefix_digest, is_complete = excluded.is_complete
        """;

    private readonly SqliteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FileWithDigestsOfAnotherKey_IsRefusedByName()
    {
        await using (await _folder.OpenAsync(TimeProvider.System, digestKeyId: 1))
        {
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _folder.OpenAsync(TimeProvider.System, digestKeyId: 2));

        Assert.Contains("00000001", refused.Message, StringComparison.Ordinal);
        Assert.Contains("00000002", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_IsUnavailable()
    {
        await File.WriteAllTextAsync(_folder.DatabasePath, new string('x', 10_000), Token);

        await Assert.ThrowsAsync<RegistryUnavailableException>(() => _folder.OpenAsync(TimeProvider.System));
    }

    /// <summary>Imports that a version recorded which did not count what was recorded already, and did not keep when it was done.</summary>
    [Fact]
    public async Task Open_FileOfAnOlderVersion_GoesOnWithItsImports()
    {
        await using (await _folder.OpenAsync(TimeProvider.System))
        {
        }

        Execute(
            """
            ALTER TABLE import DROP COLUMN already_recorded;
            ALTER TABLE import DROP COLUMN completed_at;
            DELETE FROM SchemaVersions WHERE ScriptName LIKE '%repeated_imports%';
            """);
        Execute(ImportOfAnOlderVersion.Replace("@id", "done", StringComparison.Ordinal));
        await using var registry = await _folder.OpenAsync(TimeProvider.System);

        // An older node may run beside the new one.
        Execute(ImportOfAnOlderVersion.Replace("@id", "beside", StringComparison.Ordinal));

        Assert.Equal(new ImportProgress(7, 4, 4, "digest", true), await registry.ReadImportAsync("done", Token));
        Assert.Equal(new ImportProgress(7, 4, 4, "digest", true), await registry.ReadImportAsync("beside", Token));
    }

    /// <summary>Nothing is answered as recorded that the file did not take, as where the disk is full; the revision is not used up.</summary>
    [Fact]
    public async Task Write_EventThatTheFileDoesNotTake_IsUnavailableAndChangesNothing()
    {
        var permit = PermitNumber.Parse("BJ2024000001");
        var issued = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit);
        var batch = new ImportBatch("file", 0, 1, [new ImportLine(1, new PermitStatement(permit, issued))], "digest", IsLast: true, "bureau");
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        Execute("CREATE TRIGGER refuse BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no room'); END");

        var appended = await Assert.ThrowsAsync<RegistryUnavailableException>(
            () => registry.AppendAsync(new EventAppend("one", permit, issued, "bureau"), Token));
        await Assert.ThrowsAsync<RegistryUnavailableException>(() => registry.ImportAsync(batch, Token));

        Assert.Contains("no room", appended.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await registry.ReadHeadAsync(Token)).Revision);
        Assert.Equal(ImportProgress.None, await registry.ReadImportAsync("file", Token));
        Execute("DROP TRIGGER refuse");
        Assert.Equal(1, (await registry.AppendAsync(new EventAppend("one", permit, issued, "bureau"), Token)).Revision);
        Assert.Single((await registry.LoadAsync(permit, Token)).History!.Events);
    }

    /// <summary>There is no number of connections that lookups could use up.</summary>
    [Fact]
    public async Task ReadChanges_WhileHundredsOfReadersAreAtWork_AnswersTheLastCommit()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        var readers = new List<SqliteConnection>();
        for (var i = 0; i < 300; i++)
        {
            var reader = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = _folder.DatabasePath, ForeignKeys = true }.ToString());
            readers.Add(reader);
            reader.Open();
            using var begin = reader.CreateCommand();
            begin.CommandText = "BEGIN; SELECT COUNT(*) FROM event;";
            begin.ExecuteScalar();
        }

        var issued = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit);
        await registry.AppendAsync(new EventAppend("one", PermitNumber.Parse("BJ2024000001"), issued, "bureau"), Token);
        var changes = await registry.ReadChangesAsync(0, 10, Token);

        Assert.Equal(1, Assert.Single(changes.Changes).Revision);
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task Load_DamagedEvent_IsUnavailableAndNoAnswer()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        var number = PermitNumber.Parse("BJ2024000001");
        var issued = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit);
        await registry.AppendAsync(new EventAppend("one", number, issued, "bureau"), Token);
        Execute("UPDATE event SET payload = '{\"kind\":\"passport\"}'");

        await Assert.ThrowsAsync<RegistryDamagedException>(() => registry.LoadAsync(number, Token));
        await Assert.ThrowsAsync<RegistryDamagedException>(() => registry.LoadAsync([number], Token));
    }

    [Fact]
    public async Task Load_EventsWithoutTheIssue_IsUnavailableAndNoAnswer()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        var number = PermitNumber.Parse("BJ2024000001");
        var issued = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit);
        await registry.AppendAsync(new EventAppend("one", number, issued, "bureau"), Token);
        Execute("UPDATE event SET type = 'reissued', payload = NULL");

        await Assert.ThrowsAsync<RegistryDamagedException>(() => registry.LoadAsync(number, Token));
    }

    /// <summary>Written with spaces, in another order and without escapes, as an older or newer version may.</summary>
    [Fact]
    public async Task Append_RequestWhosePayloadAnotherVersionWrote_IsTheSame()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        var issued = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit, Employer: "国贸咨询");
        var request = new EventAppend("one", PermitNumber.Parse("BJ2024000001"), issued, "bureau");
        await registry.AppendAsync(request, Token);
        Execute("""UPDATE event SET payload = '{ "employer": "国贸咨询", "kind": "work_residence_permit" }'""");

        Assert.Equal(new AppendResult(1, AlreadyRecorded: true, null), await registry.AppendAsync(request, Token));
    }

    [Fact]
    public async Task Append_RegistryWithoutItsTables_IsUnavailable()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);
        Execute("DROP TABLE event");
        var issued = new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit);

        await Assert.ThrowsAsync<RegistryUnavailableException>(
            () => registry.AppendAsync(new EventAppend("one", PermitNumber.Parse("BJ2024000001"), issued, "bureau"), Token));
    }

    [Fact]
    public async Task Load_OneNumber_SeeksTheIndexByPermit()
    {
        await using var registry = await _folder.OpenAsync(TimeProvider.System);

        var plan = Query($"EXPLAIN QUERY PLAN {Storage.Sqlite.SqliteStatements.LoadEach.Replace("?", "'BJ2024000001'", StringComparison.Ordinal)}");

        Assert.Contains("SEARCH event USING INDEX event_by_permit (permit=?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
    }

    private void Execute(string sql) => Query(sql);

    private string Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabasePath}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var text = new System.Text.StringBuilder();
        while (reader.Read())
        {
            text.AppendLine(reader.GetValue(reader.FieldCount - 1).ToString());
        }

        return text.ToString();
    }
}
