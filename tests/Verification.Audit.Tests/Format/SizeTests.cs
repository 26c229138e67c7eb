using System.Globalization;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Format;

/// <summary>What a record takes on the disk, over made-up runs as nodes have them.</summary>
public sealed class SizeTests(ITestOutputHelper output)
{
    private const int Records = 20_000;
    private const int RowBytes = 256 << 10;

    [Fact]
    public async Task Append_LotteryAndClerks_KeepWithinTheirBytes()
    {
        var lottery = await MeasureAsync(new MadeUpRecords(20260430).Lottery(Records));
        var clerks = await MeasureAsync(new MadeUpRecords(20260430).Clerks(Records));

        Print("lottery", lottery);
        Print("clerks", clerks);
        Assert.InRange((lottery.Open + clerks.Open) / 2, 20, 120);
        Assert.InRange((lottery.Archived + clerks.Archived) / 2, 15, 40);
    }

    private static async Task<(double Open, double Archived)> MeasureAsync(IEnumerable<AuditRecord> records)
    {
        using var folder = new LogFolder();
        var options = folder.Options with { SegmentBytes = 32 << 20, BlockBytes = 256 << 10 };
        await using (var log = folder.Open(options))
        {
            var second = 0L;
            foreach (var record in records)
            {
                log.Append(Drafts.Of(record));
                if (record.Instant.ToUnixTimeSeconds() != second)
                {
                    // A head a second, as the clock of the run goes.
                    second = record.Instant.ToUnixTimeSeconds();
                    folder.Clock.Advance(TimeSpan.FromSeconds(1));
                    await log.FlushAsync(TestContext.Current.CancellationToken);
                }
            }
        }

        var blocks = folder.Blocks().ToArray();
        var count = (double)blocks.Sum(block => block.RecordCount);
        return (blocks.Sum(block => (long)block.Bytes.Length) / count, Rows(blocks).Sum(row => (long)BlockArchive.Pack(row).Length) / count);
    }

    /// <summary>Small blocks that follow each other are packed as one.</summary>
    private static IEnumerable<byte[]> Rows(IEnumerable<AuditBlock> blocks)
    {
        var row = new List<byte>();
        foreach (var block in blocks)
        {
            row.AddRange(block.Bytes.Span);
            if (row.Count >= RowBytes)
            {
                yield return [.. row];
                row.Clear();
            }
        }

        yield return [.. row];
    }

    private void Print(string run, (double Open, double Archived) size) => output.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{run}: {size.Open:F1} bytes a record in the segment, {size.Archived:F1} archived"));
}
