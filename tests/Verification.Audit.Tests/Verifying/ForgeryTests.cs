using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;

namespace Verification.Audit.Tests.Verifying;

/// <summary>Who knows the format and makes every checksum fit, but has not the key.</summary>
public sealed class ForgeryTests : IDisposable
{
    private const string WrongHead = "its head is gone or wrong, and later ones are there";

    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_RecordChangedWithItsChecksum_IsNotWhatItsHashSays()
    {
        var block = await WriteAsync(_folder);

        Forge(block, ChangeRecord);

        Assert.Equal("its bytes are not what its hash says", Assert.Single(Findings(block)).Detail);
    }

    [Fact]
    public async Task Verify_RecordChangedWithItsHash_IsNotWhatTheKeySigned()
    {
        var block = await WriteAsync(_folder);

        Forge(block, ChangeRecordAndHash);

        Assert.Contains(Findings(block), finding => finding is { Kind: FindingKind.Altered, Detail: WrongHead });
    }

    [Fact]
    public async Task Verify_RecordChangedAndSignedByAnother_NamesAKeyThatIsNotKnown()
    {
        var block = await WriteAsync(_folder);
        using var forger = SigningKey.Create();

        Forge(block, bytes =>
        {
            ChangeRecordAndHash(bytes);
            Seal.WriteHead(SealIn(bytes), block.LogId, block.Segment, forger);
        });

        Assert.Contains(Findings(block), finding => finding.Kind == FindingKind.UnknownKey);

        // Nor does the block behind it follow it, whoever's key is believed.
        var believed = new AuditVerifier(new KeyRing([_folder.Key.PublicKey, forger.PublicKey])).Verify(_folder.Log, TestContext.Current.CancellationToken);
        Assert.False(believed.IsIntact);
    }

    [Fact]
    public async Task Verify_BlockOfAnotherLogByTheSameKey_IsNotWhatTheKeySigned()
    {
        using var other = new LogFolder(key: _folder.Key);
        var foreign = await WriteAsync(other);
        var block = await WriteAsync(_folder);
        Assert.Equal((block.Sequence, block.Bytes.Length), (foreign.Sequence, foreign.Bytes.Length));

        Forge(block, bytes => foreign.Bytes.Span.CopyTo(bytes));

        Assert.Contains(Findings(block), finding => finding is { Kind: FindingKind.Altered, Detail: WrongHead });
    }

    /// <summary>Writes a log of some blocks.</summary>
    /// <returns>One in its midst.</returns>
    private static async Task<AuditBlock> WriteAsync(LogFolder folder)
    {
        await using (var log = folder.Open())
        {
            await LogFolder.AppendAsync(log, new MadeUpRecords(1).Lottery(400));
        }

        Assert.Empty(folder.Verify().Findings);
        return folder.Blocks().ElementAt(2);
    }

    private void Forge(AuditBlock block, Action<byte[]> forge)
    {
        var bytes = block.Bytes.ToArray();
        forge(bytes);
        Assert.NotEqual(block.Bytes.ToArray(), bytes);
        var file = _folder.Log.Segments().Single(segment => segment.Ordinal == block.Segment).Path;
        var all = File.ReadAllBytes(file);
        bytes.CopyTo(all, block.Offset);
        File.WriteAllBytes(file, all);
    }

    private IEnumerable<AuditFinding> Findings(AuditBlock block)
    {
        var verified = _folder.Verify();
        Assert.False(verified.IsIntact);
        return verified.Findings.Where(finding => finding.Block == block.Sequence);
    }

    /// <summary>The last bit of the block's last record, with the record's checksum.</summary>
    private static void ChangeRecord(byte[] bytes)
    {
        var at = BlockHeader.Size;
        for (var end = BlockExtent.Find(bytes, 0).FramesEnd; ;)
        {
            var body = Frame.BodyIn(bytes.AsSpan(at)).ToArray();
            if (at + body.Length + Frame.Overhead == end)
            {
                body[^1] ^= 1;
                Frame.Write(body, bytes.AsSpan(at));
                return;
            }

            at += body.Length + Frame.Overhead;
        }
    }

    private static void ChangeRecordAndHash(byte[] bytes)
    {
        ChangeRecord(bytes);
        var seal = SealIn(bytes);
        var previous = Seal.PreviousIn(seal);
        Seal.WriteHash(seal, previous, Seal.HashOf(previous, bytes.AsSpan(0, bytes.Length - Seal.Size + Seal.ClosingSize)));
    }

    private static Span<byte> SealIn(byte[] bytes) => bytes.AsSpan(bytes.Length - Seal.Size);
}
