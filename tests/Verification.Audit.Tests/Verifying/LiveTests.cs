using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;

namespace Verification.Audit.Tests.Verifying;

/// <summary>A log is verified while a node writes it: what is just being written is no tampering.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task Verify_WhileRecordsCome_FindsNoTampering()
    {
        using var folder = new LogFolder();
        await using var log = folder.Open(
            folder.Options with { FlushInterval = TimeSpan.FromMilliseconds(1), HeadInterval = TimeSpan.FromMilliseconds(10), SegmentBytes = 256 << 10 },
            clock: TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                for (var seed = 0; !stop.IsCancellationRequested; seed++)
                {
                    await LogFolder.AppendAsync(log, new MadeUpRecords(seed).Mixture(200));
                }
            },
            TestContext.Current.CancellationToken);

        var verifier = new AuditVerifier(folder.Keys);
        for (var i = 0; i < 30; i++)
        {
            Assert.DoesNotContain(verifier.Verify(folder.Log, TestContext.Current.CancellationToken).Findings, found => found.IsTampering);
        }

        await stop.CancelAsync();
        await writing;
    }
}
