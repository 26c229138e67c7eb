using Verification.Audit.Format;
using Verification.Audit.Records;

namespace Verification.Audit.Reading;

/// <summary>Reads the records of a block out of its bytes.</summary>
internal static class BlockRecords
{
    /// <summary>The records up to the block's last whole frame, each with where it stands.</summary>
    public static IEnumerable<(int At, AuditRecord Record)> Read(ReadOnlyMemory<byte> bytes, BlockExtent extent)
    {
        var decoder = new RecordDecoder(extent.Header);
        for (var at = extent.HeaderStart + BlockHeader.Size; at < extent.FramesEnd;)
        {
            var body = Frame.BodyIn(bytes.Span[at..]);
            var record = decoder.Read(body);
            var length = body.Length + Frame.Overhead;
            if (record is not null)
            {
                yield return (at, record);
            }

            at += length;
        }
    }
}
