using System.Globalization;
using System.Runtime.CompilerServices;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Writing;

/// <summary>What a record costs the one who answers. The bytes are held; the time is told, for runs with <c>-c Release</c>.</summary>
public sealed class AppendCostTests(ITestOutputHelper output)
{
    private const int Records = 200_000;

    [Fact]
    public async Task Append_ManyRecords_AllocatesNextToNothing()
    {
        using var folder = new LogFolder();
        AuditRecord[] records = [.. new MadeUpRecords(1).Lottery(1_000), .. new MadeUpRecords(1).Clerks(1_000)];
        await using var log = folder.Open(
            folder.Options with { SegmentBytes = 64 << 20, BlockBytes = 256 << 10, MaxUnflushedBytes = int.MaxValue }, clock: TimeProvider.System);
        for (var round = 0; round < 3; round++)
        {
            Append();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Append()
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var begun = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < Records; i++)
            {
                log.Append(Drafts.Of(records[i % records.Length]));
            }

            var nanoseconds = TimeProvider.System.GetElapsedTime(begun).TotalNanoseconds / Records;
            var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Records;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F0} ns and {bytes:F3} bytes allocated a record"));
            Assert.InRange(bytes, 0, 1);
        }
    }
}
