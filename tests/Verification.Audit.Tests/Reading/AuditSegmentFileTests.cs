using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Reading;

public sealed class AuditSegmentFileTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Blocks larger than what is read at once, and many small ones.</summary>
    [Theory]
    [InlineData(2 << 20)]
    [InlineData(64 << 10)]
    public async Task Blocks_OfAnySize_AreReadWhole(int blockBytes)
    {
        await using (var log = _folder.Open(_folder.Options with { SegmentBytes = 8 << 20, BlockBytes = blockBytes }))
        {
            foreach (var record in new MadeUpRecords(1).Lottery(60_000))
            {
                log.Append(Drafts.Of(record));
            }
        }

        var blocks = _folder.Blocks().ToArray();

        Assert.Equal(60_001, blocks.Sum(block => block.RecordCount));
        Assert.Equal(new FileInfo(_folder.Log.Segments()[0].Path).Length, blocks[^1].End);
        Assert.Equal(blocks.Select(block => block.Offset).Skip(1).Append(blocks[^1].End), blocks.Select(block => block.End));
        Assert.Equal(blocks.Select(block => block.Hash).Prepend(Audit.Format.BlockHash.None).SkipLast(1), blocks.Select(block => block.Previous));
    }

    [Fact]
    public async Task Blocks_FromTheLastOnesEnd_AreThoseThatCameSince()
    {
        await using var log = _folder.Open(_folder.Options with { SegmentBytes = 1 << 20 });
        await LogFolder.AppendAsync(log, new MadeUpRecords(1).Mixture(200));
        await TestSupport.Eventually.TrueAsync(() => log.FlushedEnd.Block > 1, "No heads came.");
        var segment = Assert.Single(_folder.Log.Segments(), it => it.Ordinal == 1);
        var first = segment.Blocks().ToArray();

        await LogFolder.AppendAsync(log, new MadeUpRecords(2).Mixture(200));
        await TestSupport.Eventually.TrueAsync(() => log.FlushedEnd.Block > first.Length + 1, "No heads came.");
        var more = segment.Blocks(first[^1].End).ToArray();

        Assert.Equal(first[^1].Sequence + 1, more[0].Sequence);
        Assert.Equal(first[^1].End, more[0].Offset);
    }

    [Fact]
    public async Task Record_AtItsPlace_IsFound()
    {
        await using (var log = _folder.Open())
        {
            await LogFolder.AppendAsync(log, new MadeUpRecords(1).Mixture(50));
        }

        Assert.All(_folder.Blocks(), block =>
        {
            Assert.All(block.Records(), found => Assert.Equal(RecordJson.TextOf(found.Record), RecordJson.TextOf(block.Record(found.At))));
            Assert.Throws<ArgumentException>(() => block.Record(1));
        });
    }
}
