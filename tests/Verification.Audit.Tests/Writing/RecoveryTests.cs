using System.Collections.Immutable;
using CsCheck;
using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;
using Verification.Audit.Writing;
using Verification.TestSupport;

namespace Verification.Audit.Tests.Writing;

/// <summary>What a start makes of the files that an earlier one left. A copy of the files while a node writes is what a killed one leaves.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly LogFolder _folder = new();
    private readonly LogFolder _left;

    public RecoveryTests() => _left = new LogFolder(key: _folder.Key);

    public void Dispose()
    {
        _left.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(10, true)]
    [InlineData(3_000, false)]
    [InlineData(3_000, true)]
    public async Task Open_NodeWasKilled_KeepsEveryRecord(int count, bool flushed)
    {
        var records = await LeaveAsync(count, flushed);

        await ReopenAsync(start => Assert.Empty(start.Cut));

        AssertKept(records, records.Length);
    }

    /// <summary>The next segment has records, and the one before has no head at its end yet.</summary>
    [Fact]
    public async Task Open_KilledBehindASegmentsEnd_KeepsEveryRecord()
    {
        var files = new FaultyFiles();
        await using var log = _folder.Open(files: files);
        await log.FlushAsync(TestContext.Current.CancellationToken);
        using var held = files.Hold();
        var records = new MadeUpRecords(5).Lottery(1_200).ToImmutableArray();
        foreach (var record in records)
        {
            log.Append(Drafts.Of(record));
        }

        Assert.NotEqual(0, log.UnflushedBytes);
        CopyLog();
        files.Release();

        await ReopenAsync(start => Assert.Empty(start.Cut));
        Assert.True(_left.Log.Segments().Length > 2);
        AssertKept(records, records.Length);
    }

    [Fact]
    public async Task Open_TornTail_IsCutKeptAndNamed()
    {
        var records = await LeaveAsync(20, flushed: false);
        var segment = _left.Log.Segments()[0];
        var end = await ContentLengthAsync(segment.Path);
        await WriteAtAsync(segment.Path, end, [40, 0, 1, 2, 3]);

        await ReopenAsync(start =>
        {
            var cut = Assert.Single(start.Cut);
            Assert.Equal((FindingKind.TornTailKept, 1, (long)end), (cut.Kind, cut.Segment, cut.Offset));
            Assert.Equal([40, 0, 1, 2, 3], File.ReadAllBytes(cut.Place));
        });

        AssertKept(records, records.Length);
        var torn = Assert.Single(_left.Log.TornTails());
        Assert.Equal(torn, Assert.Single(_left.Verify().Findings).Place);
        Assert.Contains(
            _left.Blocks().SelectMany(block => block.Records()),
            found => found.Record.Note.ToString().Contains($"kept in {Path.GetFileName(torn)}", StringComparison.Ordinal));
    }

    /// <summary>Whatever of the tail did not reach the disk: what was whole before stays, nothing else does.</summary>
    [Fact]
    public async Task Open_TailLostFromAnywhere_KeepsTheWholeRecordsBefore()
    {
        var records = await LeaveAsync(60, flushed: false);
        var path = _left.Log.Segments()[0].Path;
        var original = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var end = await ContentLengthAsync(path);
        var extent = BlockExtent.Find(original, 0);
        var places = BlockRecords.Read(original, extent).Select(found => found.At).ToArray();

        await Gen.Int[SegmentHeader.Size, end - 1].SampleAsync(
            async lost =>
            {
                foreach (var file in Directory.EnumerateFiles(_left.Log.Path))
                {
                    File.Delete(file);
                }

                // A hole, as single pages are lost.
                var bytes = original.ToArray();
                bytes.AsSpan(lost, Math.Min(7, end - lost)).Clear();
                await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
                var same = bytes.AsSpan().CommonPrefixLength(original);
                var whole = places.Count(at => at + Frame.Overhead + Frame.LengthIn(original.AsSpan(at)) <= same);

                await ReopenAsync(_ => { });

                AssertKept(records, whole - 1);
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public async Task Open_HeadHalfWritten_IsSignedAgain()
    {
        var records = await LeaveAsync(20, flushed: true, heads: true);
        var block = _left.Blocks().Last();
        await WriteAtAsync(_left.Log.Segments()[0].Path, block.End - 30, new byte[30]);
        Assert.Equal(FindingKind.NotUnderHead, Assert.Single(_left.Verify().Findings).Kind);

        await ReopenAsync(start => Assert.Empty(start.Cut));

        AssertKept(records, records.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_DamageUnderAHead_BeginsAnotherLogAndTouchesNothing(bool closed)
    {
        if (closed)
        {
            await using (var log = _left.Open())
            {
                await LogFolder.AppendAsync(log, new MadeUpRecords(1).Mixture(300));
            }
        }
        else
        {
            await LeaveAsync(300, flushed: true, heads: true);
        }

        var damaged = _left.Log;
        var path = damaged.Segments().Last(segment => segment.Blocks().Any()).Path;
        await WriteAtAsync(path, 200, [0xA5, 0x5A, 0xA5]);
        var before = Directory.EnumerateFiles(damaged.Path).ToDictionary(file => file, File.ReadAllBytes);

        await ReopenAsync(
            start =>
            {
                Assert.True(start.IsNew);
                Assert.Equal(2, start.Log.Ordinal);
                Assert.NotEqual(damaged.LogId, start.Log.LogId);
                Assert.Contains(start.Damage, found => found.Kind == FindingKind.Altered && found.Place == path);
            },
            damages: true);

        Assert.Equal(before.Keys.Order(), Directory.EnumerateFiles(damaged.Path).Order());
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        Assert.Equal(2, AuditFolder.Logs(_left.Path).Length);
        Assert.Contains("is damaged and was left", _left.Blocks().First().Records().First().Record.Note.ToString(), StringComparison.Ordinal);
        await using var again = _left.Open();
        Assert.False(again.Start.IsNew);
    }

    [Fact]
    public async Task Open_KilledAtEveryStart_GoesOnInOneChain()
    {
        var kept = new List<string>();
        for (var start = 0; start < 5; start++)
        {
            await using (var log = _left.Open())
            {
                await LogFolder.AppendAsync(log, new MadeUpRecords(start).Mixture(100));
                kept.AddRange(new MadeUpRecords(start).Mixture(100).Select(RecordJson.TextOf));
                CopyLog(_left.Path, _folder.Path);
            }

            Directory.Delete(_left.Path, recursive: true);
            CopyLog(_folder.Path, _left.Path);
        }

        await using (_left.Open())
        {
        }

        var verified = _left.Verify();
        Assert.Empty(verified.Findings);
        Assert.True(verified.IsClosed);
        Assert.Equal(kept, Read().Where(record => record.Call != AuditCall.LogStarted || record.Note.ToString() != "host node-1").Select(RecordJson.TextOf));
    }

    /// <summary>Writes a log and copies its files while it is written.</summary>
    private async Task<ImmutableArray<AuditRecord>> LeaveAsync(int count, bool flushed, bool heads = false)
    {
        var records = new MadeUpRecords(count).Mixture(count).ToImmutableArray();
        await using var log = _folder.Open(_folder.Options with { BlockBytes = 16 << 10 });
        if (count > 500)
        {
            await LogFolder.AppendAsync(log, records);
        }
        else
        {
            records.ToList().ForEach(record => log.Append(Drafts.Of(record)));
        }

        if (flushed)
        {
            await log.FlushAsync(TestContext.Current.CancellationToken);
        }

        if (heads)
        {
            _folder.Clock.Advance(TimeSpan.FromSeconds(1));
            await TestSupport.Eventually.TrueAsync(() => log.FlushedEnd.Block > 0 && log.UnflushedBytes == 0, "No head came.");
        }

        CopyLog();
        return records;
    }

    private async Task ReopenAsync(Action<AuditLogStart> look, bool damages = false)
    {
        await using var log = _left.Open();
        Assert.Equal(damages, !log.Start.Damage.IsEmpty);
        look(log.Start);
    }

    /// <summary>That as many of the records are there, behind the record of the first start and before that of the second; -1: not even the first.</summary>
    private void AssertKept(ImmutableArray<AuditRecord> records, int count)
    {
        var verified = _left.Verify();
        Assert.True(verified.IsIntact, string.Join("; ", verified.Findings));
        Assert.True(verified.IsClosed);
        var read = Read().ToArray();
        Assert.Equal(count + 2, read.Length);
        Assert.Equal(records.Take(count).Select(RecordJson.TextOf), read.Skip(1).Take(count).Select(RecordJson.TextOf));
    }

    private IEnumerable<AuditRecord> Read() => _left.Blocks().SelectMany(block => block.Records()).Select(found => found.Record);

    private void CopyLog() => CopyLog(_folder.Path, _left.Path);

    private static void CopyLog(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*.segment*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static async Task<int> ContentLengthAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        return bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
    }

    private static async Task WriteAtAsync(string path, int at, byte[] bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        await RandomAccess.WriteAsync(file, bytes, at, TestContext.Current.CancellationToken);
    }
}
