using System.Globalization;
using System.Runtime.CompilerServices;
using Verification.Audit.Records;
using Verification.Audit.Tests.Support;
using Verification.Audit.Writing;

namespace Verification.Audit.Tests.Writing;

/// <summary>What a record costs the one who answers. The bytes are held; the time is told, and means something with <c>-c Release</c> alone.</summary>
public sealed class AppendCostTests(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int Records = 20_000;

    public static TheoryData<string> Runs => ["lottery", "clerks"];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Append_ManyRecords_AllocatesNextToNothing(string run)
    {
        using var folder = new LogFolder();
        AuditRecord[] records = [.. run == "lottery" ? new MadeUpRecords(1).Lottery(2_000) : new MadeUpRecords(1).Clerks(2_000)];
        await using var log = folder.Open(
            folder.Options with { SegmentBytes = 128 << 20, BlockBytes = 256 << 10, MaxUnflushedBytes = int.MaxValue }, clock: TimeProvider.System);
        var least = (Nanoseconds: double.MaxValue, Drafting: double.MaxValue, Bytes: long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var (drafting, _) = Time(() => Draft(records));
            var (appending, bytes) = Time(() => Append(log, records));
            least = (Math.Min(least.Nanoseconds, appending), Math.Min(least.Drafting, drafting), Math.Min(least.Bytes, bytes));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run}: {least.Nanoseconds - least.Drafting:F0} ns and {least.Bytes / (double)Records:F3} bytes allocated a record, the least of {Rounds} rounds"));
        Assert.InRange(least.Bytes, 0, Records);
    }

    private static (double Nanoseconds, long Bytes) Time(Action work)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begun = TimeProvider.System.GetTimestamp();
        work();
        return (TimeProvider.System.GetElapsedTime(begun).TotalNanoseconds / Records, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static void Append(AuditLog log, AuditRecord[] records)
    {
        for (var i = 0; i < Records; i++)
        {
            log.Append(Drafts.Of(records[i % records.Length]));
        }
    }

    /// <summary>What the test's own way to a draft costs.</summary>
    private static void Draft(AuditRecord[] records)
    {
        for (var i = 0; i < Records; i++)
        {
            Take(Drafts.Of(records[i % records.Length]));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Take(in AuditDraft draft) => _ = draft.Reference;
}
