using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Audit.Copying;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Audit.Tests.Support;
using Verification.Audit.Writing;

namespace Verification.Audit.Tests.Storing;

/// <summary>
/// What a record takes in the database, index included, and how long it takes to find one. The full form:
/// <c>VERIFICATION_AUDIT_SEARCH_RECORDS=10000000</c>.
/// </summary>
public sealed class SearchCostTests(ITestOutputHelper output) : IDisposable
{
    private const int Searches = 200;

    private static readonly int Records = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_SEARCH_RECORDS") ?? "100000", CultureInfo.InvariantCulture);

    private static readonly bool IsFull = Records >= 10_000_000;

    private readonly string _root = Directory.CreateTempSubdirectory("audit-cost-").FullName;
    private readonly LogFolder _folder = new();
    private readonly List<AuditRecord> _sample = [];
    private TimeSpan _copying;

    private string File => Path.Combine(_root, "audit.db");

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Nine in ten a lottery's checks, one a clerk's.</summary>
    [Fact]
    public async Task Find_AmongMany_IsQuickAndSmall()
    {
        await using var database = AuditDatabase.OnSqlite(File);
        await FillAsync(database, new MadeUpRecords(20260430).Lottery(Records / 10 * 9));
        var lottery = Size() / (Records / 10 * 9d);
        await FillAsync(database, new MadeUpRecords(20260501).Clerks(Records / 10));
        var clerks = (Size() - (lottery * (Records / 10 * 9d))) / (Records / 10d);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Records} records: {lottery:F1} bytes a lottery's, {clerks:F1} a clerk's; of all {Share("audit_index"):F1} index, {Share("audit_permits"):F1} lists, {Share("audit_run"):F1} blocks"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"copied in {_copying.TotalMicroseconds / Records:F2} µs a record"));

        var id = await MeasureAsync("check_id", database, record => new AuditQuery { CheckId = record.CheckId });
        var permit = await MeasureAsync("permit", database, record => new AuditQuery { Permit = record.Number!.Value });

        if (IsFull)
        {
            Assert.InRange((lottery + clerks) / 2, 20, 40);
            Assert.InRange(Math.Max(id, permit), 0, 20);
        }
    }

    /// <summary>A quiet node's hours: each a segment of its own, with a few records.</summary>
    [Fact]
    public async Task Find_AmongManySmallSegments_IsQuick()
    {
        const int InOne = 20;
        var segments = IsFull ? 26_000 : 300;
        await using var database = AuditDatabase.OnSqlite(File);
        await database.PrepareAsync(TestContext.Current.CancellationToken);
        await using var log = _folder.Open(_folder.Options with { SegmentAge = TimeSpan.FromSeconds(1) }, new UnflushedFiles());
        var copier = new AuditCopier(new AuditCopierOptions { Folder = _folder.Path }, database, log, _folder.Clock);
        foreach (var (hour, records) in new MadeUpRecords(3).Clerks(segments * InOne).Chunk(InOne).Index())
        {
            _sample.Add(records[0]);
            await LogFolder.AppendAsync(log, records);
            _folder.Clock.Advance(TimeSpan.FromSeconds(1));
            await log.FlushAsync(TestContext.Current.CancellationToken);
            if (hour % 50 == 49)
            {
                await CopyAsync(copier, log);
            }
        }

        await CopyAsync(copier, log);
        output.WriteLine($"{segments} segments of {InOne} records, {Size() / (double)(segments * InOne):F1} bytes a record");
        await MeasureAsync("check_id", database, record => new AuditQuery { CheckId = record.CheckId });
        await MeasureAsync("permit", database, record => new AuditQuery { Permit = record.Number!.Value });
    }

    private async Task FillAsync(AuditDatabase database, IEnumerable<AuditRecord> records)
    {
        var log = _folder.Open(_folder.Options with { SegmentBytes = 32 << 20, BlockBytes = 256 << 10, MaxUnflushedBytes = 256 << 20 }, new UnflushedFiles());
        var copier = new AuditCopier(new AuditCopierOptions { Folder = _folder.Path }, database, log, _folder.Clock);
        var (second, count) = (0L, 0);
        foreach (var record in records)
        {
            if (record.Instant.ToUnixTimeSeconds() != second)
            {
                // A head a second, as the clock of the run goes.
                second = record.Instant.ToUnixTimeSeconds();
                _folder.Clock.Advance(TimeSpan.FromSeconds(1));
                await log.FlushAsync(TestContext.Current.CancellationToken);
            }

            log.Append(Drafts.Of(record));
            if (count++ % Math.Max(1, Records / 2 / Searches) == 0)
            {
                _sample.Add(record);
            }

            if (count % 50_000 == 0)
            {
                await CopyAsync(copier, log);
            }
        }

        await log.DisposeAsync();
        Assert.True(await copier.TurnAsync(TestContext.Current.CancellationToken), copier.Status.Error);
    }

    /// <summary>Copies, and deletes the files that are copied: the run is longer than the disk.</summary>
    private async Task CopyAsync(AuditCopier copier, AuditLog log)
    {
        var begun = TimeProvider.System.GetTimestamp();
        Assert.True(await copier.TurnAsync(TestContext.Current.CancellationToken), copier.Status.Error);
        _copying += TimeProvider.System.GetElapsedTime(begun);
        var copied = log.FlushedEnd.Segment;
        foreach (var segment in _folder.Log.Segments().Where(segment => segment.Ordinal < copied))
        {
            System.IO.File.Delete(segment.Path);
        }
    }

    /// <summary>Searches for each of the sample, twice; the second time counts.</summary>
    /// <returns>The median, in milliseconds.</returns>
    private async Task<double> MeasureAsync(string what, AuditDatabase database, Func<AuditRecord, AuditQuery> by)
    {
        var times = new List<double>();
        foreach (var record in Enumerable.Range(0, 2).SelectMany(_ => _sample))
        {
            var begun = TimeProvider.System.GetTimestamp();
            var found = await database.FindAllAsync(by(record));
            times.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
            Assert.Contains(found, stored => stored.Record.CheckId == record.CheckId);
        }

        var warm = times.Skip(_sample.Count).Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {warm[warm.Length / 2]:F1} ms median, {warm[warm.Length * 95 / 100]:F1} ms of 95 in 100, {warm[^1]:F1} ms at most, of {warm.Length}"));
        return warm[warm.Length / 2];
    }

    private long Size()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        return connection.QuerySingle<long>("PRAGMA page_size") * (connection.QuerySingle<long>("PRAGMA page_count") - connection.QuerySingle<long>("PRAGMA freelist_count"));
    }

    private double Share(string table)
    {
        var column = table switch { "audit_index" => "entries", "audit_permits" => "hashes", _ => "packed" };
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        return connection.QuerySingle<long?>($"SELECT SUM(length({column})) FROM {table}").GetValueOrDefault() / (double)Records;
    }
}
