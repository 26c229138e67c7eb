using System.Buffers;
using CsCheck;
using Google.Protobuf;
using Permits.Verification.V1;
using Verification.Server.Checks;
using Verification.Server.Errors;

namespace Verification.Server.Tests.Checks;

public sealed class BoundedChecksTests
{
    private static readonly Gen<VerifyPermitRequest> Check =
        from number in Gen.String[0, 200]
        from entitlements in Gen.Int[0, 30].Array[0, 12]
        from role in Gen.Int[0, 4]
        from day in Gen.Int[-1, 31]
        from edition in Gen.Int
        select new VerifyPermitRequest
        {
            PermitNumber = number,
            Entitlements = { entitlements.Select(it => (Entitlement)it) },
            Subject = role == 0 ? null : new Subject { Role = (SubjectRole)role, IdentityNumber = number },
            AsOf = day < 0 ? null : Date(day),
            Freshness = day % 2 == 0 ? new Freshness { MaxStaleness = new() { Seconds = day } } : null,
            CardEdition = edition,
        };

    [Fact]
    public void ReadBatch_WithinBounds_IsWhatTheParserReads() => Check.Array[0, 40].Sample(checks =>
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { checks }, KnownAtRevision = checks.Length, Freshness = new() { FullyConsistent = true } };
        var stream = new StreamVerifyPermitsRequest { Sequence = 7, Batch = batch };

        Assert.Equal(batch, BoundedChecks.ReadBatch(Pieces(batch.ToByteArray())));
        Assert.Equal(stream, BoundedChecks.ReadStream(Pieces(stream.ToByteArray())));
        Assert.All(checks, check => Assert.Equal(check, BoundedChecks.ReadCheck(Pieces(check.ToByteArray()))));
    }, iter: 300);

    [Fact]
    public void ReadBatch_CutAnywhere_FailsAsTheParserDoes()
    {
        var batch = new BatchVerifyPermitsRequest { Checks = { Enumerable.Repeat(new VerifyPermitRequest { PermitNumber = "BJ1" }, 3) } }.ToByteArray();
        for (var length = 0; length < batch.Length; length++)
        {
            var part = batch[..length];
            var expected = Record.Exception(() => BatchVerifyPermitsRequest.Parser.ParseFrom(part))?.GetType();
            Assert.Equal(expected, Record.Exception(() => BoundedChecks.ReadBatch(Pieces(part)))?.GetType());
        }
    }

    /// <summary>Bytes are counted instead of milliseconds: what is not parsed is not made.</summary>
    [Theory]
    [InlineData(new byte[] { 0x0A, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0x02, 0x1A, 0x00 })]
    public void ReadBatch_OfAMegabyteOfChecks_MakesALittleOfIt(byte[] check)
    {
        byte[] message = [.. Enumerable.Repeat(check, 1_000_000 / check.Length).SelectMany(it => it)];

        Assert.Equal(1_001, BoundedChecks.ReadBatch(Pieces(message)).Checks.Count);
        Assert.InRange(AllocatedBy(() => BoundedChecks.ReadBatch(Pieces(message))), 0, 100_000);
        Assert.InRange(AllocatedBy(() => BatchVerifyPermitsRequest.Parser.ParseFrom(message)), 10_000_000, long.MaxValue);
    }

    [Fact]
    public void ReadBatch_OfAMegabyteBesideTheChecks_IsOverfull()
    {
        byte[] message = [.. Enumerable.Repeat<byte[]>([0x12, 0x02, 0x0A, 0x00], 250_000).SelectMany(it => it)];

        Assert.Throws<OverfullMessageException>(() => BoundedChecks.ReadBatch(Pieces(message)));
        Assert.Throws<OverfullMessageException>(() => BoundedChecks.ReadStream(Pieces([0x12, 0x00, 0x12, 0x00])));
    }

    private static long AllocatedBy(Func<IMessage> read)
    {
        read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(read());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Google.Type.Date Date(int day) => new() { Year = 2026, Month = 3, Day = day };

    /// <summary>A message as it comes from a socket, in pieces.</summary>
    private static ReadOnlySequence<byte> Pieces(byte[] message)
    {
        const int size = 4_093;
        var first = new Piece(message.AsMemory(0, Math.Min(size, message.Length)), null);
        var last = first;
        for (var start = size; start < message.Length; start += size)
        {
            last = new Piece(message.AsMemory(start, Math.Min(size, message.Length - start)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
