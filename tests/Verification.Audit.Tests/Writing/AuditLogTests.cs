using System.Collections.Immutable;
using Verification.Audit.Format;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;
using Verification.Audit.Writing;
using Verification.TestSupport;

namespace Verification.Audit.Tests.Writing;

public sealed class AuditLogTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_ManyRecords_AreReadBackInOrder()
    {
        var records = new MadeUpRecords(1).Mixture(5_000).ToImmutableArray();
        await using (var log = _folder.Open())
        {
            await LogFolder.AppendAsync(log, records);
        }

        var read = _folder.Blocks().SelectMany(block => block.Records()).Select(found => found.Record).ToArray();
        Assert.Equal(records.Select(RecordJson.TextOf), read.Skip(1).Select(RecordJson.TextOf));
        Assert.Equal((AuditCall.LogStarted, "host node-1"), (read[0].Call, read[0].Note.ToString()));
        Assert.True(_folder.Log.Segments().Length > 5);
        var verified = _folder.Verify();
        Assert.Empty(verified.Findings);
        Assert.True(verified.IsClosed);
        Assert.Equal(records.Length + 1, verified.Records);
    }

    [Fact]
    public async Task Append_ManyTogether_AreThoseThatEachByItselfWouldBe()
    {
        var records = new MadeUpRecords(2).Mixture(5_000).ToImmutableArray();
        await using (var log = _folder.Open(_folder.Options with { SegmentBytes = 8 << 20 }))
        {
            var before = log.Records;
            foreach (var few in records.Chunk(32))
            {
                Assert.Equal(few.Length, log.Append(new ManyDrafts(few), out var reason));
                Assert.Null(reason);
            }

            Assert.Equal(records.Length, log.Records - before);
        }

        var read = _folder.Blocks().SelectMany(block => block.Records()).Skip(1).Select(found => RecordJson.TextOf(found.Record));
        Assert.Equal(records.Select(RecordJson.TextOf), read);
        Assert.Empty(_folder.Verify().Findings);
    }

    [Fact]
    public async Task Append_FromManyThreads_LosesNone()
    {
        const int Threads = 4;
        await using (var log = _folder.Open(_folder.Options with { SegmentBytes = 8 << 20 }, clock: TimeProvider.System))
        {
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
                () =>
                {
                    foreach (var record in new MadeUpRecords(thread).Mixture(2_000))
                    {
                        log.Append(Drafts.Of(record));
                    }
                },
                TestContext.Current.CancellationToken)));
        }

        var expected = Enumerable.Range(0, Threads).SelectMany(thread => new MadeUpRecords(thread).Mixture(2_000)).Select(it => RecordJson.Of(it with { CheckId = default }).ToJsonString());
        var read = _folder.Blocks().SelectMany(block => block.Records()).Skip(1).Select(it => RecordJson.Of(it.Record with { CheckId = default }).ToJsonString());
        Assert.Equal(expected.Order(), read.Order());
        Assert.Empty(_folder.Verify().Findings);
    }

    [Fact]
    public async Task Turn_RecordsCome_HeadComesWithinItsInterval()
    {
        await using var log = _folder.Open();
        await AppendAsync(log, 3);

        _folder.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await log.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, log.FlushedEnd.Block);
        Assert.Empty(_folder.Blocks());

        _folder.Clock.Advance(TimeSpan.FromMilliseconds(450));
        await UntilAsync(() => log.FlushedEnd.Block == 1);
        Assert.Equal(4, Assert.Single(_folder.Blocks()).RecordCount);
    }

    [Fact]
    public async Task Turn_NoRecordsCome_NoHeadsCome()
    {
        await using var log = _folder.Open();
        _folder.Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => log.FlushedEnd.Block == 1);

        _folder.Clock.Advance(TimeSpan.FromMinutes(10));
        await AppendAsync(log, 1);
        await log.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, log.FlushedEnd.Block);
    }

    [Fact]
    public async Task Turn_SegmentIsOld_AnotherIsBegun()
    {
        await using var log = _folder.Open(_folder.Options with { SegmentAge = TimeSpan.FromMinutes(1) });
        _folder.Clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => log.FlushedEnd.Block == 1);
        await AppendAsync(log, 1);
        _folder.Clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(() => log.FlushedEnd.Segment == 2);
        var end = log.FlushedEnd;
        Assert.Equal(end.Offset, _folder.Log.Segments().Single(segment => segment.Ordinal == 2).Blocks().Last().End);
        Assert.Equal(end.Hash, _folder.Blocks().Last().Hash);
        Assert.True(_folder.Blocks().First().EndOf.HasFlag(BlockEnd.SegmentEnd));
    }

    [Fact]
    public async Task KeepAsync_FlushBeforeTheAnswer_WaitsForTheFlush()
    {
        var files = new FaultyFiles();
        await using var log = _folder.Open(_folder.Options with { FlushInterval = TimeSpan.Zero }, files);
        await log.FlushAsync(TestContext.Current.CancellationToken);

        using var held = files.Hold();
        var first = LogFolder.KeepAsync(log, Record());
        var second = LogFolder.KeepAsync(log, Record());
        await files.HeldAsync();
        Assert.False(first.IsCompleted || second.IsCompleted);

        files.Release();
        await first;
        await second;
        Assert.Equal(0, log.UnflushedBytes);
    }

    [Fact]
    public async Task KeepAsync_FlushesAtAnInterval_CompletesAtOnce()
    {
        var files = new FaultyFiles();
        await using var log = _folder.Open(files: files);
        using var held = files.Hold();

        var answer = LogFolder.KeepAsync(log, Record());

        Assert.True(answer.IsCompletedSuccessfully);

        files.Release();
    }

    [Fact]
    public async Task Append_AfterTheEnd_IsRefused()
    {
        var log = _folder.Open();
        await log.DisposeAsync();
        await log.DisposeAsync();

        Assert.Single(_folder.Log.Segments());

        Assert.Equal(AuditUnavailableReason.Closed, Assert.Throws<AuditUnavailableException>(() => log.Append(Drafts.Of(Record()))).Reason);
        Assert.Equal(AuditUnavailableReason.Closed, log.Trouble!.Reason);
    }

    [Fact]
    public async Task Open_FolderThatAnotherHolds_IsRefused()
    {
        await using var log = _folder.Open();

        var refused = Assert.Throws<Audit.Files.AuditFolderInUseException>(() => _folder.Open());
        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AfterAnOrderlyStop_GoesOnWithTheSameLog()
    {
        for (var start = 0; start < 3; start++)
        {
            await using var log = _folder.Open();
            Assert.Equal(start == 0, log.Start.IsNew);
            Assert.Empty(log.Start.Cut);
            await AppendAsync(log, 10);
        }

        var verified = _folder.Verify();
        Assert.Empty(verified.Findings);
        Assert.Equal(33, verified.Records);
        Assert.True(verified.IsClosed);
        Assert.Equal([1, 2, 3], _folder.Log.Segments().Select(segment => segment.Ordinal));
    }

    [Fact]
    public async Task Open_WithAnotherKey_HeadsNameTheirKeys()
    {
        await using (_folder.Open())
        {
        }

        using var later = Audit.Keys.SigningKey.Create();
        await using (_folder.Open(key: later))
        {
        }

        Assert.Equal([_folder.Key.Id, later.Id], _folder.Blocks().Select(block => block.KeyId).Distinct());
        Assert.All(_folder.Verify().Findings, finding => Assert.Equal(FindingKind.UnknownKey, finding.Kind));
        Assert.Empty(new AuditVerifier(new Audit.Keys.KeyRing([_folder.Key.PublicKey, later.PublicKey])).Verify(_folder.Log, TestContext.Current.CancellationToken).Findings);
    }

    [Fact]
    public async Task Delete_OldSegments_LeaveTheirEndsAndTheChainWhole()
    {
        await using (var log = _folder.Open())
        {
            await AppendAsync(log, 4_000);
            await log.FlushAsync(TestContext.Current.CancellationToken);
            foreach (var segment in _folder.Log.Segments()[..3])
            {
                log.Delete(segment);
            }

            Assert.Throws<InvalidOperationException>(() => log.Delete(_folder.Log.Segments()[^1]));
            Assert.Throws<InvalidOperationException>(() => log.Delete(_folder.Log.Segments()[0]));
        }

        var verified = _folder.Verify();
        Assert.Empty(verified.Findings);
        Assert.True(verified.IsClosed);
        Assert.Equal([true, true, true, false], _folder.Log.Segments()[..4].Select(segment => segment.IsDeleted));
        var notes = _folder.Blocks().SelectMany(block => block.Records()).Select(it => it.Record).Where(it => it.Call == AuditCall.SegmentDeleted).ToArray();
        Assert.Equal(3, notes.Length);
        Assert.StartsWith($"log {_folder.Log.LogId:N}, segment 1, blocks 1 to ", notes[0].Note.ToString(), StringComparison.Ordinal);

        File.Delete(_folder.Log.Segments()[1].Path);
        Assert.Contains(_folder.Verify().Findings, finding => finding.Kind == FindingKind.Missing);
    }

    private static AuditRecord Record() => new MadeUpRecords(7).Lottery(1).First();

    private static Task AppendAsync(AuditLog log, int count) => LogFolder.AppendAsync(log, new MadeUpRecords(count).Mixture(count));

    private static Task UntilAsync(Func<bool> condition) =>
        TestSupport.Eventually.TrueAsync(condition, "The log did not come as far.");
}
