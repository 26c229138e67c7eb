using Microsoft.Data.Sqlite;
using Verification.Audit.Files;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Audit.Writing;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Cli.Tests.Support;

/// <summary>An audit log in a folder of its own, with the public key beside it.</summary>
internal sealed class WrittenLog : IDisposable
{
    private static readonly DateTimeOffset Begun = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    private readonly string _root = Directory.CreateTempSubdirectory("permitctl-").FullName;

    private WrittenLog()
    {
    }

    public string Folder => PathOf("audit");

    public string PublicKey => PathOf("public.pem");

    public string Database => PathOf("audit.db");

    public AuditLogFiles Log => AuditFolder.Logs(Folder)[0];

    public string PathOf(string name) => Path.Combine(_root, name);

    /// <summary>Writes a log of some checks in small blocks and small segments, and ends it in order.</summary>
    public static async Task<WrittenLog> CreateAsync(int checks = 1_500)
    {
        var written = new WrittenLog();
        using var key = SigningKey.Create();
        await File.WriteAllTextAsync(written.PublicKey, key.PublicKey.ToPem(), TestContext.Current.CancellationToken);
        var options = new AuditLogOptions { Folder = written.Folder, Host = "node-1", BlockBytes = 4 << 10, SegmentBytes = 64 << 10 };
        await using var log = AuditLog.Open(options, key, [], new AuditFiles(), TimeProvider.System);
        Assert.True(PermitNumber.TryParse("BJ2024000017", out var number));
        for (var i = 0; i < checks; i++)
        {
            log.Append(new AuditDraft
            {
                CheckId = new CheckId(Guid.CreateVersion7(Begun.AddSeconds(i))),
                Instant = Begun.AddSeconds(i),
                Call = AuditCall.Check,
                Consumer = new AuditConsumer("housing", ConsumerClass.HousingRegistry),
                Number = number,
                AsOf = new DateOnly(2026, 5, 4),
                Answer = new AuditAnswer(new Standing(PermitStatus.Valid, StatusReasons.None), SubjectMatch.NotChecked, CardMatch.NotChecked, null),
                Provenance = new AuditProvenance(17, Begun, "2026.1"),
            });
            if (i % 100 == 0)
                await log.FlushAsync(TestContext.Current.CancellationToken);
        }
        return written;
    }

    /// <summary>Copies the log into a database.</summary>
    public async Task CopyAsync()
    {
        await using var database = AuditDatabase.OnSqlite(Database);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        var blocks = Log.Segments().SelectMany(segment => segment.Blocks()).ToList();
        Assert.True(await database.AppendAsync(Log.LogId, null, blocks, TestContext.Current.CancellationToken));
    }

    /// <summary>Does something to the database that no node does.</summary>
    public void Execute(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }
}
