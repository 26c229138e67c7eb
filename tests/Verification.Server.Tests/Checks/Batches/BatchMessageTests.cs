using CsCheck;
using Google.Protobuf;
using Permits.Verification.V1;
using Verification.Server.Checks.Batches;
using Verification.Server.Errors;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks.Batches;

public sealed class BatchMessageTests
{
    [Fact]
    public void Read_WithinBounds_IsWhatTheParserReads() => Gen.OneOf(SentMessages.AnyCheck, SentMessages.ShortCheck).Array[0, 40].Sample(checks =>
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { checks }, KnownAtRevision = checks.Length, Freshness = new() { FullyConsistent = true } };
        var stream = new StreamVerifyPermitsRequest { Sequence = 7, Batch = batch };

        AssertIs(batch, BatchMessage.Read(SentMessages.Pieces(batch.ToByteArray())));
        AssertIs(batch, BatchMessage.Of(batch));
        using var message = StreamMessage.Read(SentMessages.Pieces(stream.ToByteArray()));
        Assert.Equal(stream.Sequence, message.Sequence);
        AssertIs(batch, message.Batch);
    }, iter: 300);

    /// <summary>In any order, and with fields of later versions of the contract between its own.</summary>
    [Fact]
    public void Read_FieldsInAnotherOrder_IsWhatTheParserReads()
    {
        byte[] message =
        [
            .. new BatchVerifyPermitsRequest { KnownAtRevision = 5 }.ToByteArray(),
            0x7A, 0x01, 0x00,
            .. new BatchVerifyPermitsRequest { Checks = { Calls.Check("BJ2024000017") } }.ToByteArray(),
            .. new BatchVerifyPermitsRequest { RulebookVersion = "2026.1", Freshness = new() { AtLeastRevision = 3 } }.ToByteArray(),
            .. new BatchVerifyPermitsRequest { Checks = { Calls.Check("BJ2024000018") } }.ToByteArray(),
        ];

        AssertIs(BatchVerifyPermitsRequest.Parser.ParseFrom(message), BatchMessage.Read(SentMessages.Pieces(message)));
    }

    /// <summary>A number may be encoded with more bytes than it needs. No check may be lost by it: the answers are told apart by their places alone.</summary>
    [Fact]
    public void Read_NumbersEncodedLongerThanTheyNeed_IsWhatTheParserReads() =>
        Gen.Select(SentMessages.ShortCheck, Gen.Int[1, 10], Gen.Int[1, 10]).Array[1, 6].Sample(
            checks =>
            {
                byte[] batch =
                [
                    .. checks.SelectMany(check => (byte[])
                        [.. Padded(0x0A, check.Item2), .. Padded(check.Item1.CalculateSize(), check.Item3), .. check.Item1.ToByteArray()]),
                    .. Padded(0x18, checks[0].Item2), .. Padded(5, checks[0].Item3),
                ];
                var parsed = BatchVerifyPermitsRequest.Parser.ParseFrom(batch);
                Assert.Equal(checks.Length, parsed.Checks.Count);

                AssertIs(parsed, BatchMessage.Read(SentMessages.Pieces(batch)));
                using var stream = StreamMessage.Read(SentMessages.Pieces([.. Padded(0x12, checks[0].Item2), .. Padded(batch.Length, checks[0].Item3), .. batch]));
                AssertIs(parsed, stream.Batch);
            },
            iter: 300);

    [Fact]
    public void Read_CutAnywhere_FailsAsTheParserDoes()
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Repeat(new VerifyPermitRequest { PermitNumber = "BJ1" }, 3) }, KnownAtRevision = 7 };
        foreach (var whole in (byte[][])[batch.ToByteArray(), [.. batch.ToByteArray(), 0xFF, 0xFF]])
        {
            for (var length = 0; length < whole.Length; length++)
            {
                var part = whole[..length];
                var expected = Record.Exception(() => BatchVerifyPermitsRequest.Parser.ParseFrom(part))?.GetType();
                Assert.Equal(expected, Record.Exception(() => BatchMessage.Read(SentMessages.Pieces(part)).Dispose())?.GetType());
                var stream = new StreamVerifyPermitsRequest { Sequence = 1 }.ToByteArray();
                byte[] within = [.. stream, 0x12, (byte)part.Length, .. part];
                Assert.Equal(expected, Record.Exception(() => StreamMessage.Read(SentMessages.Pieces(within)).Dispose())?.GetType());
            }
        }

        Assert.Throws<InvalidProtocolBufferException>(() => StreamMessage.Read(SentMessages.Pieces([0xFF, 0xFF])));
    }

    /// <summary>Bytes are counted instead of milliseconds: what is not parsed is not made.</summary>
    [Theory]
    [InlineData(new byte[] { 0x0A, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0x02, 0x1A, 0x00 })]
    public void Read_OfAMegabyteOfChecks_MakesNoMoreThanOfTheLargestBatch(byte[] check)
    {
        byte[] message = [.. Enumerable.Repeat(check, 1_000_000 / check.Length).SelectMany(it => it)];

        using var batch = BatchMessage.Read(SentMessages.Pieces(message));
        Assert.Equal(1_001, batch.Count);
        Assert.True(batch.Entries.IsEmpty);
        Assert.InRange(AllocatedBy(() => BatchMessage.Read(SentMessages.Pieces(message)).Dispose()), 0, 400_000);
        Assert.InRange(AllocatedBy(() => BatchVerifyPermitsRequest.Parser.ParseFrom(message)), 10_000_000, long.MaxValue);
    }

    [Fact]
    public void Read_OfAMegabyteBesideTheChecks_IsOverfull()
    {
        byte[] message = [.. Enumerable.Repeat<byte[]>([0x12, 0x02, 0x0A, 0x00], 250_000).SelectMany(it => it)];

        Assert.Throws<OverfullMessageException>(() => BatchMessage.Read(SentMessages.Pieces(message)));
        Assert.Throws<OverfullMessageException>(() => StreamMessage.Read(SentMessages.Pieces([0x12, 0x00, 0x12, 0x00])));
    }

    private static byte[] Padded(int number, int bytes)
    {
        var padded = new List<byte>();
        for (; number >= 0x80 || padded.Count + 1 < bytes; number >>= 7)
        {
            padded.Add((byte)(number | 0x80));
        }

        return [.. padded, (byte)number];
    }

    private static void AssertIs(BatchVerifyPermitsRequest expected, BatchMessage batch)
    {
        using (batch)
        {
            Assert.Equal(expected.Checks.Count, batch.Count);
            for (var i = 0; i < batch.Count; i++)
            {
                // What was read plainly is compared where it is read further.
                var entry = batch.Entries[i];
                Assert.Equal(entry.IsPlain ? Plain(expected.Checks[i]) : expected.Checks[i], entry.IsPlain ? entry.Plain.ToMessage() : entry.Message);
            }

            Assert.Equal(
                (expected.Freshness, expected.HasKnownAtRevision, expected.KnownAtRevision, expected.RulebookVersion),
                (batch.Head.Freshness, batch.Head.HasKnownAtRevision, batch.Head.KnownAtRevision, batch.Head.RulebookVersion));
        }
    }

    /// <summary>A check with its number in canonical form, and each entitlement once.</summary>
    private static VerifyPermitRequest Plain(VerifyPermitRequest check)
    {
        var plain = check.Clone();
        plain.PermitNumber = Core.Permits.PermitNumber.Parse(check.PermitNumber).ToString();
        plain.Entitlements.Clear();
        plain.Entitlements.AddRange(check.Entitlements.Distinct());
        return plain;
    }

    private static long AllocatedBy(Action read)
    {
        read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
