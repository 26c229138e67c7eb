using System.Collections.Immutable;
using CsCheck;
using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Format;

public sealed class RoundTripTests
{
    [Fact]
    public void Append_AnyRecords_AreReadBackAsTheyWere() => Gen.Select(Gen.Int, Gen.Int[1, 60]).Sample(
        (seed, count) =>
        {
            var records = new MadeUpRecords(seed).Mixture(count).ToImmutableArray();

            Assert.Equal(records.Select(RecordJson.TextOf), Read(Write(records)).Select(RecordJson.TextOf));
        },
        iter: 500);

    [Fact]
    public void Append_ExtremeValues_AreReadBackAsTheyWere()
    {
        var records = new[]
        {
            Least with { Instant = DateTimeOffset.MinValue, AsOf = DateOnly.MinValue, KnownAt = 0, CheckId = new CheckId(Guid.Empty, 0) },
            Least with { Instant = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero), AsOf = DateOnly.MaxValue, KnownAt = long.MaxValue, CardEdition = int.MaxValue },
            Least with { Refusal = new AuditRefusal("A", int.MaxValue), Reference = AuditText.Of(new string('字', 170)), Note = AuditText.Of(new string('x', 512)) },
            Least with { Consumer = new AuditConsumer(new string('名', 128), default), Provenance = new AuditProvenance(long.MaxValue, DateTimeOffset.UnixEpoch, new string('9', 64)) },
        };

        Assert.Equal(records.Select(RecordJson.TextOf), Read(Write(records)).Select(RecordJson.TextOf));
    }

    [Fact]
    public void Append_ARecordThatCannotBeWritten_LeavesNothing()
    {
        var encoder = new BlockEncoder();
        var bytes = new byte[1 << 16];
        encoder.Begin(new BlockHeader(1, 0, 0), bytes);

        Assert.All(
            new Func<AuditRecord, AuditRecord>[]
            {
                record => record with { Consumer = new AuditConsumer(new string('x', 129), default) },
                record => record with { Provenance = new AuditProvenance(0, default, new string('x', 65)) },
                record => record with { Refusal = new AuditRefusal("110105199003072338") },
                record => record with { Refusal = new AuditRefusal("lower") },
                record => record with { Refusal = new AuditRefusal("NONE", 0) },
                record => record with { CardEdition = -1 },
                record => record with { CheckId = new CheckId(Guid.Empty, -1) },
                record => record with { Entitlements = [.. Enumerable.Repeat(default(Core.Rules.Codes.Entitlement), 65)] },
            },
            change => Assert.Throws<ArgumentException>(() => encoder.Append(Drafts.Of(change(Least)), bytes.AsSpan(BlockHeader.Size))));
        Assert.False(bytes.AsSpan(BlockHeader.Size).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Read_AnyOtherBytes_AreDamagedOrARecord() => Gen.Byte.Array[1, 200].Sample(
        bytes =>
        {
            try
            {
                _ = new RecordDecoder(new BlockHeader(1, 0, 0)).Read(bytes);
            }
            catch (InvalidDataException)
            {
                // What every reader expects.
            }
        },
        iter: 20_000);

    private static AuditRecord Least => new() { CheckId = new CheckId(Guid.CreateVersion7()), Instant = DateTimeOffset.UnixEpoch, Call = AuditCall.Check };

    private static byte[] Write(IEnumerable<AuditRecord> records)
    {
        var encoder = new BlockEncoder();
        var bytes = new byte[1 << 20];
        var at = encoder.Begin(new BlockHeader(1, AuditTime.ToMicroseconds(new DateTimeOffset(2026, 4, 30, 15, 0, 0, TimeSpan.Zero)), 41_000_000), bytes);
        foreach (var record in records)
        {
            at += encoder.Append(Drafts.Of(record), bytes.AsSpan(at));
        }

        return bytes;
    }

    private static IEnumerable<AuditRecord> Read(byte[] bytes) =>
        BlockRecords.Read(bytes, BlockExtent.Find(bytes, 0)).Select(found => found.Record);
}
