using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Audit.Storing;
using Verification.Audit.Storing.Copies;
using Verification.Audit.Storing.Sqlite;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;

namespace Verification.Audit.Tests.Storing;

/// <summary>
/// A database of 100,000 records, in which somebody who may write to it changes one thing, at random. The full form:
/// <c>VERIFICATION_AUDIT_TAMPERINGS=1000</c>.
/// </summary>
public sealed class DatabaseTamperTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Tries = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_TAMPERINGS") ?? "24", CultureInfo.InvariantCulture);

    // In the short form a tenth: each try verifies all of it.
    private static readonly int Records = Tries >= 1000 ? 100_000 : 10_000;

    private static readonly TidyLimits Small = new() { FoldEntries = Records / 8 };

    private readonly string _folder = Directory.CreateTempSubdirectory("audit-database-").FullName;

    private string File => Path.Combine(_folder, "audit.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verify_AnySingleTampering_IsFound()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Tries} tries, {Records} records");
        var random = new Random(seed);
        using var folder = new LogFolder();
        await using (var log = folder.Open(folder.Options with { SegmentBytes = 128 << 10, BlockBytes = 16 << 10 }))
        {
            await LogFolder.AppendAsync(log, new MadeUpRecords(seed).Lottery(Records));
        }

        await using var database = new AuditDatabase(new SqliteAuditTables(File), Small);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        await database.CopyAsync(folder);
        var before = Assert.Single(await database.VerifyAsync(folder.Keys, TestContext.Current.CancellationToken));
        Assert.Empty(before.Findings);
        Assert.True(before.IsClosed);
        Assert.Equal(Records + 1, before.Records);
        Assert.True(Read<int>("SELECT COUNT(*) FROM audit_fold") > 1);

        for (var i = 0; i < Tries; i++)
        {
            var untouched = System.IO.File.ReadAllBytes(File);
            var what = (i % 6) switch
            {
                0 => Flip(random, "audit_run", "packed"),
                1 => Flip(random, "audit_index", "entries"),
                2 => Drop(random),
                3 => Swap(random),
                4 => Number(random),
                _ => Double(random),
            };

            var after = Assert.Single(await database.VerifyAsync(folder.Keys, TestContext.Current.CancellationToken));

            // What is taken from the very end cannot be told from what was not copied yet; but this log had come to its end.
            Assert.True(!after.IsIntact || !after.IsClosed, $"not found: {what}");
            await System.IO.File.WriteAllBytesAsync(File, untouched, TestContext.Current.CancellationToken);
        }

        Assert.Empty(Assert.Single(await database.VerifyAsync(folder.Keys, TestContext.Current.CancellationToken)).Findings);
    }

    [Fact]
    public async Task Compare_NewestSegmentRemoved_IsFound()
    {
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(9).Clerks(2_000));
        await using var database = AuditDatabase.OnSqlite(File);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        await database.CopyAsync(folder);
        Assert.Empty(await database.CompareAsync(folder.Path, TestContext.Current.CancellationToken));
        var segments = folder.Log.Segments();
        var first = segments[^1].Blocks().First().Sequence;

        System.IO.File.Delete(segments[^1].Path);

        Assert.True(folder.Verify().IsIntact);
        var found = Assert.Single(await database.CompareAsync(folder.Path, TestContext.Current.CancellationToken));
        Assert.Equal((FindingKind.Missing, first), (found.Kind, found.Block!.Value));
    }

    [Fact]
    public async Task Compare_AnotherLogUnderTheSameId_IsFound()
    {
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(10).Clerks(500));
        await using var database = AuditDatabase.OnSqlite(File);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        await database.CopyAsync(folder);
        Execute("UPDATE audit_run SET hash = zeroblob(32) WHERE run = (SELECT MAX(run) FROM audit_run)");

        var found = Assert.Single(await database.CompareAsync(folder.Path, TestContext.Current.CancellationToken));
        Assert.Equal(FindingKind.Altered, found.Kind);
    }

    private string Flip(Random random, string table, string column)
    {
        using var connection = Open();
        var (row, bytes) = connection.QueryFirst<(long, byte[])>($"SELECT rowid, {column} FROM {table} ORDER BY random() LIMIT 1");
        var at = random.Next(bytes.Length);
        bytes[at] ^= (byte)(1 << random.Next(8));
        connection.Execute($"UPDATE {table} SET {column} = @bytes WHERE rowid = @row", new { bytes, row });
        return $"a byte of {table} {row} at {at} of {bytes.Length}";
    }

    private string Drop(Random random)
    {
        var run = Any(random);
        Execute($"DELETE FROM audit_permits WHERE run = {run}; DELETE FROM audit_run WHERE run = {run}");
        return $"run {run} dropped";
    }

    private string Swap(Random random)
    {
        var (one, other) = (Any(random), Any(random));
        while (one == other)
        {
            other = Any(random);
        }

        Execute($"CREATE TEMP TABLE kept AS SELECT packed, hash FROM audit_run WHERE run = {one}; "
            + $"UPDATE audit_run SET (packed, hash) = (SELECT packed, hash FROM audit_run WHERE run = {other}) WHERE run = {one}; "
            + $"UPDATE audit_run SET (packed, hash) = (SELECT packed, hash FROM kept) WHERE run = {other}");
        return $"runs {one} and {other} swapped";
    }

    private string Number(Random random)
    {
        string[] columns = ["last_block", "segment", "begins_at", "ends_at", "records", "from_instant", "until_instant", "span"];
        var (run, column) = (Any(random), columns[random.Next(columns.Length)]);
        Execute($"UPDATE audit_run SET {column} = {column} + 1 WHERE run = {run}");
        return $"{column} of run {run}";
    }

    private string Double(Random random)
    {
        var run = Any(random);
        Execute("DROP INDEX audit_run_by_block; INSERT INTO audit_run (log, first_block, last_block, segment, begins_at, ends_at, ends_segment, records, "
            + "from_instant, until_instant, span, hash, packed) SELECT log, first_block, last_block, segment, begins_at, ends_at, ends_segment, records, "
            + $"from_instant, until_instant, span, hash, packed FROM audit_run WHERE run = {run}");
        return $"run {run} doubled";
    }

    private long Any(Random random)
    {
        using var connection = Open();
        var runs = connection.Query<long>("SELECT run FROM audit_run").ToArray();
        return runs[random.Next(runs.Length)];
    }

    private T Read<T>(string statement)
    {
        using var connection = Open();
        return connection.QuerySingle<T>(statement);
    }

    private void Execute(string statement)
    {
        using var connection = Open();
        connection.Execute(statement);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }
}
