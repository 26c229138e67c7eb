using Microsoft.Data.Sqlite;
using Verification.Audit.Copying;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Audit.Storing.Copies;
using Verification.Audit.Storing.Sqlite;
using Verification.Audit.Tests.Storing;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;
using Verification.Audit.Writing;
using Verification.TestSupport;

namespace Verification.Audit.Tests.Copying;

public sealed class AuditCopierTests : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("audit-copier-").FullName;
    private readonly LogFolder _folder = new();
    private readonly UnreachableTables _tables;
    private readonly AuditDatabase _database;

    public AuditCopierTests()
    {
        _tables = new UnreachableTables(new SqliteAuditTables(File));
        _database = new AuditDatabase(_tables, new TidyLimits { FoldEntries = 300, LooseRows = 8 });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_root, "audit.db");

    // The tests' clock goes through every tick of a tenth of a second: three years take it minutes.
    private AuditCopierOptions Options => new() { Folder = _folder.Path, KeepFiles = TimeSpan.FromHours(7), Retention = TimeSpan.FromDays(3) };

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Turn_LogAtWork_CopiesWhatIsUnderAHead()
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        Assert.True(await copier.TurnAsync(Cancellation));
        Assert.Null(await _database.ReadEndAsync(log.Start.Log.LogId, Cancellation));

        await WriteAsync(log, seed: 1, 500);
        Assert.True(await copier.TurnAsync(Cancellation));

        var (flushed, end) = (log.FlushedEnd, await _database.ReadEndAsync(log.Start.Log.LogId, Cancellation));
        Assert.Equal(new CopiedEnd(flushed.Block, flushed.Hash, flushed.Segment, flushed.Offset), end);
        Assert.Equal(new CopyStatus(0, null, null), copier.Status);
        Assert.Equal(501, await CountAsync());
    }

    [Fact]
    public async Task Start_AtItsInterval_Copies()
    {
        await using var log = _folder.Open();

        // Where it fails nobody moves the clock any more, by which the end would wait.
        await using var copier = new AuditCopier(Options with { StopWait = TimeSpan.Zero }, _database, log, _folder.Clock);
        copier.Start();
        await WriteAsync(log, seed: 2, 100);

        await Eventually.TrueAsync(
            async () =>
            {
                _folder.Clock.Advance(Options.Interval);
                return System.IO.File.Exists(File) && copier.Status.Error is null && await CountAsync() == 101;
            },
            "It was not copied.");
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Status_DatabaseDoesNotAnswer_SaysHowFarItIsBehind()
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        var answers = new TaskCompletionSource();
        _tables.Answers = answers.Task;
        var turn = copier.TurnAsync(Cancellation);

        await WriteAsync(log, seed: 3, 2_000);

        Assert.False(turn.IsCompleted);
        Assert.InRange(copier.Status.BytesBehind, 100_000, 1_000_000);
        Assert.Equal(_folder.Blocks().First().Begun, copier.Status.OldestNotCopied);

        answers.SetResult();
        await turn;
        Assert.True(await copier.TurnAsync(Cancellation));
        Assert.Equal(new CopyStatus(0, null, null), copier.Status);
    }

    [Fact]
    public async Task Turn_DatabaseGone_IsCopiedLater()
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        await WriteAsync(log, seed: 3, 200);
        Assert.True(await copier.TurnAsync(Cancellation));
        _tables.IsGone = true;
        var since = _folder.Clock.GetUtcNow();
        await WriteAsync(log, seed: 4, 2_000);

        Assert.False(await copier.TurnAsync(Cancellation));

        Assert.Contains("it is gone", copier.Status.Error!, StringComparison.Ordinal);
        Assert.InRange(copier.Status.BytesBehind, 100_000, 1_000_000);
        Assert.NotNull(copier.Status.OldestNotCopied);
        Assert.Null(log.Trouble);

        _tables.IsGone = false;
        Assert.True(await copier.TurnAsync(Cancellation));

        Assert.Equal(new CopyStatus(0, null, null), copier.Status);
        Assert.Equal(2_201, await CountAsync());
        Assert.True(since < _folder.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Turn_DatabaseRestoredFromABackup_IsFilledAgain()
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        await WriteAsync(log, seed: 5, 700);
        Assert.True(await copier.TurnAsync(Cancellation));
        var backup = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        await WriteAsync(log, seed: 6, 900);
        Assert.True(await copier.TurnAsync(Cancellation));
        Assert.Equal(1_601, await CountAsync());

        await System.IO.File.WriteAllBytesAsync(File, backup, Cancellation);
        Assert.Equal(701, await CountAsync());
        Assert.True(await copier.TurnAsync(Cancellation));
        Assert.Equal(1_601, await CountAsync());

        System.IO.File.Delete(File);
        Assert.False(await copier.TurnAsync(Cancellation));
        Assert.True(await copier.TurnAsync(Cancellation));
        Assert.Equal(1_601, await CountAsync());
        Assert.True(Assert.Single(await _database.VerifyAsync(_folder.Keys, Cancellation)).IsIntact);
    }

    [Fact]
    public async Task Turn_DatabaseHoldsAnotherLogOfTheId_SaysSoAndAddsNothing()
    {
        await using (var log = _folder.Open())
        {
            await WriteAsync(log, seed: 7, 300);
        }

        using var other = await CopiedLogs.WriteAsync(new MadeUpRecords(8).Clerks(100));
        await _database.PrepareAsync(Cancellation);
        var blocks = other.Blocks().ToArray();
        Assert.True(await _database.AppendAsync(_folder.Log.LogId, null, blocks[..1], Cancellation));
        await using var again = _folder.Open();
        var copier = Copier(again);
        await WriteAsync(again, seed: 9, 10);

        Assert.False(await copier.TurnAsync(Cancellation));

        Assert.Contains("another log", copier.Status.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_TwoNodes_EachIsFound()
    {
        using var other = new LogFolder();
        await using var one = _folder.Open();
        await using var two = other.Open();
        var copiers = new[] { Copier(one), new AuditCopier(new AuditCopierOptions { Folder = other.Path }, _database, two, other.Clock) };
        await WriteAsync(one, seed: 10, 1_500);
        await WriteAsync(two, seed: 11, 1_500, other);
        await _database.PrepareAsync(Cancellation);

        await Task.WhenAll(copiers.Select(copier => copier.TurnAsync(Cancellation)));
        await Task.WhenAll(copiers.Select(copier => copier.TurnAsync(Cancellation)));

        Assert.Equal(3_002, await CountAsync());
        Assert.All(await _database.VerifyAsync(new([_folder.Key.PublicKey, other.Key.PublicKey]), Cancellation), log => Assert.True(log.IsIntact));
    }

    [Fact]
    public async Task Dispose_LogHasEnded_CopiesItsLastHead()
    {
        var log = _folder.Open();
        var copier = Copier(log);
        copier.Start();
        await LogFolder.AppendAsync(log, new MadeUpRecords(12).Clerks(50));
        await log.DisposeAsync();

        await copier.DisposeAsync();

        Assert.Equal(51, await CountAsync());
        Assert.True(Assert.Single(await _database.VerifyAsync(_folder.Keys, Cancellation)).IsClosed);
    }

    [Fact]
    public async Task Dispose_DatabaseGone_WaitsNoLongerThanItMay()
    {
        var log = _folder.Open();
        var copier = Copier(log);
        _tables.IsGone = true;
        await WriteAsync(log, seed: 13, 50);
        await log.DisposeAsync();

        var ending = copier.DisposeAsync().AsTask();
        await Eventually.TrueAsync(
            () =>
            {
                _folder.Clock.Advance(Options.Interval);
                return ending.IsCompleted;
            },
            "It went on waiting.");

        Assert.Contains("it is gone", copier.Status.Error!, StringComparison.Ordinal);
        Assert.True(copier.Status.BytesBehind > 0);
    }

    [Fact]
    public async Task Clean_FilesCopiedLongAgo_GoAndLeaveTheirEnds()
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        await WriteAsync(log, seed: 14, 2_000);
        await copier.CleanAsync(Cancellation);
        Assert.All(_folder.Log.Segments(), segment => Assert.False(segment.IsDeleted));

        _folder.Clock.Advance(Options.KeepFiles + TimeSpan.FromHours(1));
        await copier.CleanAsync(Cancellation);
        Assert.All(_folder.Log.Segments(), segment => Assert.False(segment.IsDeleted));

        Assert.True(await copier.TurnAsync(Cancellation));
        _folder.Clock.Advance(Options.CleanInterval);

        // Its own records may end one more.
        var ended = _folder.Log.Segments().Where(segment => SegmentEnds.Of(segment) is not null).Select(segment => segment.Ordinal).ToList();
        await copier.CleanAsync(Cancellation);

        Assert.Null(copier.Status.Error);
        Assert.True(ended.Count > 1);
        Assert.Equal(ended, _folder.Log.Segments().Where(segment => segment.IsDeleted).Select(segment => segment.Ordinal));
        Assert.True(_folder.Verify().IsIntact);
        Assert.Empty(await _database.CompareAsync(_folder.Path, Cancellation));
        await SignedAsync(log);
        Assert.True(await copier.TurnAsync(Cancellation));
        Assert.Equal(2_001 + _folder.Log.Segments().Count(segment => segment.IsDeleted), await CountAsync());
    }

    /// <summary>The file is then the only good copy.</summary>
    [Theory]
    [InlineData("packed = (SELECT packed FROM audit_run WHERE segment = 3)")]
    [InlineData("packed = x'00'")]
    [InlineData("hash = zeroblob(32)")]
    [InlineData("first_block = first_block + 1")]
    [InlineData("last_block = last_block - 1")]
    public async Task Clean_DatabaseDoesNotHoldAllOfASegment_ItsFileStays(string change)
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        await WriteAsync(log, seed: 17, 4_000);
        Assert.True(await copier.TurnAsync(Cancellation));
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE audit_run SET {change} WHERE segment = 2";
            Assert.True(await command.ExecuteNonQueryAsync(Cancellation) > 0);
        }

        _folder.Clock.Advance(Options.KeepFiles + TimeSpan.FromHours(1));
        await copier.CleanAsync(Cancellation);

        Assert.Equal([true, false, true], _folder.Log.Segments().Take(3).Select(segment => segment.IsDeleted));
    }

    [Fact]
    public async Task Clean_RetentionOver_DeletesWholeSegmentsAndTheChainVerifies()
    {
        await using var log = _folder.Open();
        var copier = Copier(log);
        await WriteAsync(log, seed: 15, 2_000);
        Assert.True(await copier.TurnAsync(Cancellation));
        var last = log.FlushedEnd.Segment;
        _folder.Clock.Advance(Options.Retention + TimeSpan.FromHours(1));
        await WriteAsync(log, seed: 16, 400, at: _folder.Clock.GetUtcNow());
        Assert.True(await copier.TurnAsync(Cancellation));

        await copier.CleanAsync(Cancellation);
        await SignedAsync(log);
        Assert.True(await copier.TurnAsync(Cancellation));

        Assert.Null(copier.Status.Error);
        var left = await _database.FindAllAsync(new AuditQuery { From = DateTimeOffset.UnixEpoch });
        var deletions = left.Where(stored => stored.Record.Note.ToString().EndsWith("in the audit database", StringComparison.Ordinal)).ToList();
        Assert.InRange(deletions.Count, last - 1, last);
        Assert.InRange(left.Count(stored => stored.Record.Consumer is not null), 400, 500);
        var verified = Assert.Single(await _database.VerifyAsync(_folder.Keys, Cancellation));
        Assert.True(verified.IsIntact, string.Join('\n', verified.Findings));
        Assert.Empty(await _database.CompareAsync(_folder.Path, Cancellation));
    }

    private AuditCopier Copier(AuditLog log) => new(Options, _database, log, _folder.Clock);

    /// <summary>Appends made-up records, and waits until all of them are under a head.</summary>
    private async Task WriteAsync(AuditLog log, int seed, int count, LogFolder? folder = null, DateTimeOffset? at = null)
    {
        var records = new MadeUpRecords(seed).Clerks(count);
        await LogFolder.AppendAsync(log, at is not { } instant ? records : records.Select(record => record with { Instant = instant, CheckId = new CheckId(Guid.CreateVersion7(instant)) }));
        await SignedAsync(log, folder);
    }

    private async Task SignedAsync(AuditLog log, LogFolder? folder = null)
    {
        var before = log.FlushedEnd.Block;
        await Eventually.TrueAsync(
            async () =>
            {
                (folder ?? _folder).Clock.Advance(TimeSpan.FromMilliseconds(100));
                await log.FlushAsync(Cancellation);
                return log.FlushedEnd.Block > before && log.UnflushedBytes == 0 && IsAllSigned(log, folder ?? _folder);
            },
            "No head came.");
    }

    /// <summary>Whether the last block under a head is the last there is.</summary>
    private static bool IsAllSigned(AuditLog log, LogFolder folder) => folder.Verify() is { Last.Sequence: var last } verified
        && last == log.FlushedEnd.Block
        && !verified.Findings.Any(finding => finding.Kind == FindingKind.NotUnderHead);

    private async Task<int> CountAsync() =>
        (await _database.FindAllAsync(new AuditQuery { From = DateTimeOffset.UnixEpoch })).Count;
}
