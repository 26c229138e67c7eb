using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Storage.Sqlite;

namespace Verification.Storage.Tests.Sqlite;

/// <summary>A registry is made only where that was asked for, and another program's file is left as it is.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What another program may have made, and files of the registry's that are no registry.</summary>
    public static TheoryData<string> Others() =>
    [
        "PRAGMA application_id = 252006674",
        "CREATE TABLE notes (id INTEGER, text TEXT)",
        "CREATE TABLE registry (id INTEGER, url TEXT); CREATE TABLE event (id INTEGER)",
        "CREATE VIEW numbers AS SELECT 1 AS one",
        "PRAGMA user_version = 7; CREATE TABLE registry (registry_id, counter, digest_key_id); CREATE TABLE event (a); "
            + "CREATE TABLE import (a); CREATE TABLE import_reject (a); CREATE TABLE SchemaVersions (a)",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Open_NothingThereAndNotAskedToCreate_IsRefusedAndMakesNothing(int? length)
    {
        if (length is { } bytes)
        {
            await File.WriteAllBytesAsync(_folder.DatabasePath, new byte[bytes], Token);
        }

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => OpenAsync(create: false));

        Assert.Contains(_folder.DatabasePath, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--create", refused.Message, StringComparison.Ordinal);
        Assert.Equal(length, File.Exists(_folder.DatabasePath) ? (int)new FileInfo(_folder.DatabasePath).Length : null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Open_NothingThereAndAskedToCreate_MakesARegistryThatOpensWithoutAsking(int? length)
    {
        if (length is { } bytes)
        {
            await File.WriteAllBytesAsync(_folder.DatabasePath, new byte[bytes], Token);
        }

        Guid made;
        await using (var registry = await OpenAsync(create: true))
        {
            made = registry.Contents.Head.RegistryId;
            Assert.Equal((0, 0, null), (registry.Contents.Head.Revision, registry.Contents.Events, registry.Contents.LastRecordedAt));
        }

        await using var again = await OpenAsync(create: false);
        Assert.Equal(made, again.Contents.Head.RegistryId);
        Assert.Equal(SqliteFile.ApplicationId, Query("PRAGMA application_id"));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Open_AnotherProgramsDatabase_IsRefusedAndLeftAsItIs(string made)
    {
        Query(made);
        var before = await File.ReadAllBytesAsync(_folder.DatabasePath, Token);

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => OpenAsync(create: true));

        Assert.Contains("another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.DatabasePath, Token));
    }

    [Fact]
    public async Task Open_LogWithoutItsDatabase_IsRefusedThoughAskedToCreate()
    {
        await File.WriteAllBytesAsync(_folder.DatabasePath + "-wal", new byte[32], Token);

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => OpenAsync(create: true));

        Assert.Contains("-wal", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.DatabasePath));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_RegistryThatWasBegunAndNotFinished_IsFinishedOnlyWhereAsked(bool create)
    {
        Query(SqliteStatements.BeginFile);

        if (create)
        {
            await using var registry = await OpenAsync(create);
            Assert.Equal(0, registry.Contents.Events);
        }
        else
        {
            await Assert.ThrowsAsync<RegistryUnavailableException>(() => OpenAsync(create));
        }
    }

    /// <summary>Files of the first version say nothing of whose they are.</summary>
    [Fact]
    public async Task Open_FileOfTheFirstVersion_IsBroughtUpToDateWithItsEvents()
    {
        await using (var registry = await OpenAsync(create: true))
        {
            await AppendAsync(registry);
        }

        Query(
            "PRAGMA application_id = 0; ALTER TABLE registry DROP COLUMN clock_confirmed_revision; "
            + "ALTER TABLE registry DROP COLUMN clock_confirmed_at; DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0003_clock%'");

        await using var again = await OpenAsync(create: false);

        Assert.Equal(1, again.Contents.Events);
        Assert.NotNull(again.Contents.LastRecordedAt);
        Assert.Equal(SqliteFile.ApplicationId, Query("PRAGMA application_id"));
    }

    /// <summary>It cannot be told from an older registry: what it holds is told, and no more.</summary>
    [Fact]
    public async Task Open_CopyWithoutItsLog_TellsWhatItHolds()
    {
        var copy = Path.Combine(Path.GetDirectoryName(_folder.DatabasePath)!, "copy.db");
        await using (var registry = await OpenAsync(create: true))
        {
            await AppendAsync(registry);
            File.Copy(_folder.DatabasePath, copy);
        }

        await using var opened = await SqliteRegistry.OpenAsync(copy, createIfMissing: false, 1, TimeProvider.System, Token);

        Assert.Equal((0, null), (opened.Contents.Events, opened.Contents.LastRecordedAt));
    }

    private static Task<AppendResult> AppendAsync(SqliteRegistry registry) => registry.AppendAsync(
        new EventAppend("one", PermitNumber.Parse("BJ2024000001"), new Issued(new DateOnly(2024, 3, 5), PermitKind.WorkResidencePermit), "bureau"),
        Token);

    private Task<SqliteRegistry> OpenAsync(bool create) => _folder.OpenAsync(TimeProvider.System, createIfMissing: create);

    private long Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }
}
