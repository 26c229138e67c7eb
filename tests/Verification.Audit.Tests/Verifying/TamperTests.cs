using System.Globalization;
using Verification.Audit.Reading;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;

namespace Verification.Audit.Tests.Verifying;

/// <summary>
/// A log of 100,000 records, of which one byte is changed, or one block taken out, doubled or put elsewhere, at random. The full form:
/// <c>VERIFICATION_AUDIT_TAMPERINGS=1000</c>.
/// </summary>
public sealed class TamperTests(ITestOutputHelper output)
{
    private const int Records = 100_000;

    private static readonly int Tries = int.Parse(
        Environment.GetEnvironmentVariable("VERIFICATION_AUDIT_TAMPERINGS") ?? "50", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Verify_AnySingleTampering_IsFoundAndPlaced()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {Tries} tries");
        var random = new Random(seed);
        using var folder = new LogFolder();
        var before = await WriteAsync(folder);
        Assert.Empty(before.Findings);
        Assert.True(before.IsClosed);
        var files = before.Log.Segments().ToDictionary(segment => segment, segment => File.ReadAllBytes(segment.Path));
        var blocks = files.Keys.SelectMany(segment => segment.Blocks()).ToArray();

        for (var i = 0; i < Tries; i++)
        {
            var tampering = (i % 4) switch
            {
                0 => Flip(files, random),
                1 => Drop(files, blocks, random),
                2 => Double(files, blocks, random),
                _ => Swap(files, blocks, random),
            };
            foreach (var (segment, bytes) in tampering.Files)
            {
                await File.WriteAllBytesAsync(segment.Path, bytes, TestContext.Current.CancellationToken);
            }

            var after = new AuditVerifier(folder.Keys).Verify(before.Log, TestContext.Current.CancellationToken);

            // What is cut off at the very end cannot be told from a log that was not closed, but for the fact that this one was.
            Assert.True(!after.IsIntact || !after.IsClosed, $"not found: {tampering.What}");
            Assert.True(
                tampering.Cut || after.Findings.Any(found => tampering.Files.Keys.Any(it => it.Path == found.Place) || (found.Block == tampering.Block)),
                $"not placed: {tampering.What}: {string.Join("; ", after.Findings)}");
            foreach (var segment in tampering.Files.Keys)
            {
                await File.WriteAllBytesAsync(segment.Path, files[segment], TestContext.Current.CancellationToken);
            }
        }

        Assert.Empty(new AuditVerifier(folder.Keys).Verify(before.Log, TestContext.Current.CancellationToken).Findings);
    }

    [Fact]
    public async Task Verify_EveryByteOfASmallLog_IsCovered()
    {
        using var folder = new LogFolder();
        await using (var log = folder.Open())
        {
            foreach (var record in new MadeUpRecords(1).Mixture(20))
            {
                log.Append(Drafts.Of(record));
            }
        }

        var segment = Assert.Single(folder.Log.Segments());
        var bytes = await File.ReadAllBytesAsync(segment.Path, TestContext.Current.CancellationToken);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            await File.WriteAllBytesAsync(segment.Path, bytes, TestContext.Current.CancellationToken);
            var verified = folder.Verify();
            Assert.True(!verified.IsIntact || !verified.IsClosed, $"byte {at}: {string.Join("; ", verified.Findings)}");
            bytes[at] ^= 0x10;
        }
    }

    private static async Task<LogVerification> WriteAsync(LogFolder folder)
    {
        await using (var log = folder.Open(folder.Options with { SegmentBytes = 1 << 20, BlockBytes = 32 << 10 }))
        {
            await LogFolder.AppendAsync(log, new MadeUpRecords(3).Lottery(Records / 2).Concat(new MadeUpRecords(3).Clerks(Records / 2)));
            await log.FlushAsync(TestContext.Current.CancellationToken);
            log.Delete(folder.Log.Segments()[0]);
        }

        return folder.Verify();
    }

    private static Tampering Flip(Dictionary<AuditSegmentFile, byte[]> files, Random random)
    {
        var (segment, original) = files.ElementAt(random.Next(files.Count));
        byte[] bytes = [.. original];
        var at = random.Next(bytes.Length);
        bytes[at] ^= (byte)random.Next(1, 256);
        return new Tampering($"byte {at} of {segment.Path}", new() { [segment] = bytes });
    }

    private static Tampering Drop(Dictionary<AuditSegmentFile, byte[]> files, AuditBlock[] blocks, Random random)
    {
        var at = random.Next(blocks.Length);
        var (segment, original) = FileOf(files, blocks[at]);
        return new Tampering(
            $"drop {blocks[at].Sequence}",
            new() { [segment] = [.. original[..blocks[at].Offset], .. original[blocks[at].End..]] },
            blocks[at].Sequence,
            Cut: at == blocks.Length - 1);
    }

    private static Tampering Double(Dictionary<AuditSegmentFile, byte[]> files, AuditBlock[] blocks, Random random)
    {
        var block = blocks[random.Next(blocks.Length)];
        var place = blocks[random.Next(blocks.Length)];
        var (segment, original) = FileOf(files, place);
        return new Tampering(
            $"{block.Sequence} once more behind {place.Sequence}",
            new() { [segment] = [.. original[..place.End], .. block.Bytes.Span, .. original[place.End..]] });
    }

    private static Tampering Swap(Dictionary<AuditSegmentFile, byte[]> files, AuditBlock[] blocks, Random random)
    {
        var one = random.Next(blocks.Length - 1);
        var other = random.Next(one + 1, blocks.Length);
        var changed = new Dictionary<AuditSegmentFile, byte[]>();

        // The later one first, so that the earlier one's place stays.
        foreach (var (place, block) in new[] { (blocks[other], blocks[one]), (blocks[one], blocks[other]) })
        {
            var (segment, original) = FileOf(files, place);
            var bytes = changed.GetValueOrDefault(segment, original);
            changed[segment] = [.. bytes[..place.Offset], .. block.Bytes.Span, .. bytes[place.End..]];
        }

        return new Tampering($"{blocks[one].Sequence} and {blocks[other].Sequence} swapped", changed);
    }

    private static (AuditSegmentFile Segment, byte[] Bytes) FileOf(Dictionary<AuditSegmentFile, byte[]> files, AuditBlock block)
    {
        var found = files.Single(file => file.Key.Ordinal == block.Segment);
        return (found.Key, found.Value);
    }

    /// <param name="What">What was done, in words.</param>
    /// <param name="Files">The files with what they hold then.</param>
    /// <param name="Block">The block that is not there; null where all are.</param>
    /// <param name="Cut">Whether it was the log's last.</param>
    private sealed record Tampering(string What, Dictionary<AuditSegmentFile, byte[]> Files, long? Block = null, bool Cut = false);
}
