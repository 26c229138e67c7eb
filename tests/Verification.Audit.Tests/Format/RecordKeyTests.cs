using Verification.Audit.Format;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Tests.Storing;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Format;

public sealed class RecordKeyTests
{
    [Fact]
    public async Task Read_AnyRecord_IsWhatTheWholeRecordSays()
    {
        using var folder = await CopiedLogs.WriteAsync(new MadeUpRecords(20260430).Mixture(5_000));

        foreach (var block in folder.Blocks())
        {
            Assert.Equal(block.Records().Select(found => KeyOf(found.Record)), KeysOf(block));
        }
    }

    private static RecordKey KeyOf(AuditRecord record) => new(
        AuditTime.ToMicroseconds(record.Instant),
        record.CheckId.UnixMilliseconds,
        record.Number?.Packed);

    private static List<RecordKey> KeysOf(AuditBlock block)
    {
        var keys = new List<RecordKey>();
        foreach (var (at, _) in block.Records())
        {
            keys.Add(RecordKey.Read(Frame.BodyIn(block.Bytes.Span[at..]), block.Extent.Header, keys.LastOrDefault()));
        }

        return keys;
    }
}
