using CsCheck;
using Verification.Audit.Format;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Audit.Storing.Copies;
using Verification.Audit.Storing.Rows;
using Verification.Audit.Storing.Tables;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Storing;

/// <summary>What every store of the audit database does, whichever server it is on.</summary>
public abstract class AuditDatabaseConformance
{
    // Small, so that a test crosses all of them.
    private static readonly TidyLimits Small = new() { RowBytes = 16 << 10, LooseRows = 20, FoldEntries = 400, FoldLists = 9 };

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The tables of one database, which are there.</summary>
    private protected abstract Task<IAuditTables> PrepareAsync();

    [Fact]
    public async Task Find_AnyQuery_IsWhatAPlainListSays()
    {
        await using var database = new AuditDatabase(await PrepareAsync(), Small, page: 7);
        using var first = await CopiedLogs.WriteAsync(new MadeUpRecords(1).Mixture(3_000));
        using var second = await CopiedLogs.WriteAsync(new MadeUpRecords(2).Clerks(1_500));
        await database.CopyAsync(first);
        await database.CopyAsync(second, tidies: false);
        var all = first.Records(1).Concat(second.Records(2)).ToArray();

        await Queries(all).SampleAsync(
            async query => Assert.Equal(all.Where(stored => Fits(stored, query)).Select(CopiedLogs.TextOf), (await database.FindAllAsync(query)).Select(CopiedLogs.TextOf)),
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Find_ByNeitherIdNorPermitWithoutInterval_IsRefused()
    {
        await using var database = new AuditDatabase(await PrepareAsync());

        await Assert.ThrowsAsync<ArgumentException>(() => database.FindAllAsync(new AuditQuery { Consumer = "clerk" }));
        await Assert.ThrowsAsync<ArgumentException>(() => database.FindAllAsync(new AuditQuery()));
    }

    /// <summary>Before any of its readings: of folds, of the rows of blocks, of their lists.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(33)]
    public async Task Verify_NodePacksAndFoldsMeanwhile_FindsNothing(int reading)
    {
        var tables = await PrepareAsync();
        await using var node = new AuditDatabase(tables, Small);
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(11).Clerks(900));
        await node.CopyAsync(folder, tidies: false);
        var isTidied = false;
        await using var reader = new AuditDatabase(new DisturbedTables(tables, reading, TidyAsync));

        var verified = Assert.Single(await reader.VerifyAsync(folder.Keys, Cancellation));

        Assert.True(isTidied);
        Assert.Empty(verified.Findings);
        Assert.Equal(901, verified.Records);

        async Task TidyAsync()
        {
            await node.TidyAsync(folder.Log.LogId, Cancellation);
            isTidied = true;
        }
    }

    [Fact]
    public async Task Find_ClockSetBack_HidesNothing()
    {
        await using var database = new AuditDatabase(await PrepareAsync(), Small);
        var records = new MadeUpRecords(3).Clerks(600).Select((record, at) => at is > 200 and < 400 ? EarlierBy(record, TimeSpan.FromDays(3)) : record).ToArray();
        using var folder = await CopiedLogs.WriteAsync(records);
        await database.CopyAsync(folder);

        Assert.All(
            [records[100], records[300], records[500]],
            record => Assert.Equal(
                [record.CheckId], database.FindAllAsync(new AuditQuery { CheckId = record.CheckId }).GetAwaiter().GetResult().Select(found => found.Record.CheckId)));
        var day = await database.FindAllAsync(new AuditQuery { From = records[300].Instant.AddHours(-1), Until = records[300].Instant.AddHours(1) });
        Assert.Equal(199, day.Count);
        Assert.Equal(day.OrderBy(found => found.Place.Block).ThenBy(found => found.Place.Record), day);
    }

    [Fact]
    public async Task Find_FromEveryPlace_GoesOnBehindIt()
    {
        await using var database = new AuditDatabase(await PrepareAsync(), Small);
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(4).Clerks(400));
        await database.CopyAsync(folder, tidies: false);
        var everything = new AuditQuery { From = DateTimeOffset.UnixEpoch };
        var all = await database.FindAllAsync(everything);

        // Packing in the midst of a search's pages changes no place.
        await database.TidyAsync(folder.Log.LogId, Cancellation);

        Assert.Equal(401, all.Count);
        foreach (var at in (int[])[0, 1, 57, 200, 399, 400])
        {
            Assert.Equal(
                all.Skip(at + 1).Select(CopiedLogs.TextOf), (await database.FindAllAsync(everything with { After = all[at].Place })).Select(CopiedLogs.TextOf));
        }
    }

    [Fact]
    public async Task Find_WhilePacked_MissesNothing()
    {
        await using var database = new AuditDatabase(await PrepareAsync(), Small);
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(5).Clerks(800));
        await database.CopyAsync(folder, tidies: false);
        var found = new List<RecordPlace>();
        await foreach (var record in database.FindAsync(new AuditQuery { From = DateTimeOffset.UnixEpoch }, Cancellation))
        {
            found.Add(record.Place);
            if (found.Count == 100)
            {
                await database.TidyAsync(folder.Log.LogId, Cancellation);
            }
        }

        Assert.Equal(folder.Records(1).Select(stored => stored.Place), found);
    }

    [Fact]
    public async Task Append_EndIsAnother_AddsNothing()
    {
        await using var database = new AuditDatabase(await PrepareAsync());
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(6).Clerks(300));
        var log = folder.Log.LogId;
        var blocks = folder.Blocks().ToArray();
        Assert.Null(await database.ReadEndAsync(log, Cancellation));

        Assert.True(await database.AppendAsync(log, null, blocks[..2], Cancellation));
        Assert.False(await database.AppendAsync(log, null, blocks[..2], Cancellation));
        Assert.False(await database.AppendAsync(log, CopiedLogs.EndOf(blocks[2]), blocks[3..4], Cancellation));
        Assert.False(await database.AppendAsync(log, CopiedLogs.EndOf(blocks[1]) with { Hash = BlockHash.None }, blocks[2..3], Cancellation));
        Assert.True(await database.AppendAsync(log, CopiedLogs.EndOf(blocks[1]), blocks[2..], Cancellation));

        Assert.Equal(CopiedLogs.EndOf(blocks[^1]), await database.ReadEndAsync(log, Cancellation));
        Assert.Equal(301, (await database.FindAllAsync(new AuditQuery { From = DateTimeOffset.UnixEpoch })).Count);
    }

    [Fact]
    public async Task Append_TwoCopiesAtOnce_DoubleNothing()
    {
        var tables = await PrepareAsync();
        await using var database = new AuditDatabase(tables, Small);
        var other = new AuditDatabase(tables, Small);
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(7).Clerks(900));

        await Task.WhenAll(RaceAsync(database, folder), RaceAsync(other, folder));

        Assert.Equal(
            folder.Records(1).Select(stored => stored.Place), (await database.FindAllAsync(new AuditQuery { From = DateTimeOffset.UnixEpoch })).Select(found => found.Place));
    }

    [Fact]
    public async Task Tidy_SmallBlocks_ArePackedAsTheyAre()
    {
        var tables = await PrepareAsync();
        await using var database = new AuditDatabase(tables, Small with { RowBytes = 1 << 20 });
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(8).Clerks(1_200));
        await database.CopyAsync(folder);

        var blocks = folder.Blocks().ToArray();
        var rows = new List<BlockRun>();
        for (var next = 1L; next <= blocks[^1].Sequence; next = rows[^1].LastBlock + 1)
        {
            rows.Add((await tables.ReadAsync(session => Runs.ReadAsync(session, tables.Statements, 1, next), Cancellation))!);
        }

        Assert.Equal(folder.Log.Segments().Length, rows.Count);
        Assert.Equal(
            blocks.Select(block => (block.Sequence, block.Segment, block.Offset, block.Hash, Convert.ToHexString(block.Bytes.Span))),
            rows.SelectMany(row => row.Blocks()).Select(block => (block.Sequence, block.Segment, block.Offset, block.Hash, Convert.ToHexString(block.Bytes.Span))));
    }

    private static async Task RaceAsync(AuditDatabase database, LogFolder folder)
    {
        await Task.Yield();
        for (; ; )
        {
            var end = await database.ReadEndAsync(folder.Log.LogId, Cancellation);
            var blocks = folder.Blocks().Where(block => block.Sequence > (end?.Block ?? 0)).Take(3).ToArray();
            if (blocks.Length == 0)
            {
                return;
            }

            await database.AppendAsync(folder.Log.LogId, end, blocks, Cancellation);
            await database.TidyAsync(folder.Log.LogId, Cancellation);
        }
    }

    /// <summary>Queries of every kind, for what is there and for what is not.</summary>
    private static Gen<AuditQuery> Queries(StoredRecord[] all) =>
        from at in Gen.Int[0, all.Length - 1]
        from other in Gen.Int[0, 2_000].Select(further => all[Math.Min(at + further, all.Length - 1)])
        let one = all[at]
        from kind in Gen.Int[0, 4]
        from narrow in Gen.Bool
        from width in Gen.Int[0, 20_000]
        from after in Gen.Int[-1, all.Length - 1].Select(last => last < 0 ? null : all[last])
        let query = kind switch
        {
            0 => new AuditQuery { CheckId = one.Record.CheckId },
            1 when one.Record.Number is { } number => new AuditQuery { Permit = number },
            2 when one.Record.Consumer is { } consumer => new AuditQuery { Consumer = consumer.Name },
            3 when !one.Record.Reference.IsEmpty => new AuditQuery { Reference = one.Record.Reference.ToString() },
            _ => new AuditQuery(),
        }
        let open = kind < 2 && query != new AuditQuery() && !narrow
        select query with
        {
            From = open ? null : one.Record.Instant.AddMilliseconds(-width),
            Until = open ? null : narrow ? other.Record.Instant : one.Record.Instant.AddMilliseconds(width),
            After = kind == 4 ? after?.Place : null,
        };

    private static bool Fits(StoredRecord stored, AuditQuery query) =>
        (query.CheckId is null || stored.Record.CheckId == query.CheckId)
        && (query.Permit is null || stored.Record.Number == query.Permit)
        && (query.Consumer is null || stored.Record.Consumer?.Name == query.Consumer)
        && (query.Reference is null || stored.Record.Reference.ToString() == query.Reference)
        && (query.From is null || stored.Record.Instant >= query.From)
        && (query.Until is null || stored.Record.Instant < query.Until)
        && (query.After is not { } after
            || (stored.Place.Log, stored.Place.Block, stored.Place.Record).CompareTo((after.Log, after.Block, after.Record)) > 0);

    private static AuditRecord EarlierBy(AuditRecord record, TimeSpan time)
    {
        var instant = record.Instant - time;
        return record with { Instant = instant, CheckId = new CheckId(Guid.CreateVersion7(instant)) };
    }
}
