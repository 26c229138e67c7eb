using Verification.Audit.Format;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Format;

public sealed class AllocationTests
{
    [Fact]
    public void Append_RecordsOfABlock_AllocatesNothing()
    {
        AuditRecord[] records = [.. new MadeUpRecords(1).Lottery(200), .. new MadeUpRecords(1).Clerks(200)];
        var encoder = new BlockEncoder();
        var bytes = new byte[1 << 20];
        Encode();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Encode();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Encode()
        {
            var at = encoder.Begin(new BlockHeader(1, 0, 0), bytes);
            foreach (var record in records)
            {
                at += encoder.Append(Drafts.Of(record), bytes.AsSpan(at));
            }
        }
    }
}
