using Verification.Audit.Records;
using Verification.Audit.Tests.Support;
using Verification.Audit.Verifying;
using Verification.Audit.Writing;
using Verification.TestSupport;

namespace Verification.Audit.Tests.Writing;

/// <summary>A disk that is full, fails or hangs: no record is taken that would be lost, and the log goes on by itself afterwards.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly LogFolder _folder = new();
    private readonly FaultyFiles _files = new();
    private readonly MadeUpRecords _records = new(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_DiskIsFull_IsRefusedUntilThereIsRoom()
    {
        var taken = 0;
        await using (var log = _folder.Open(files: _files))
        {
            await log.FlushAsync(TestContext.Current.CancellationToken);
            _files.IsFull = true;

            taken += AppendUntil(log, AuditUnavailableReason.NoSegment);
            Assert.Equal(AuditUnavailableReason.NoSegment, log.Trouble!.Reason);
            taken += AppendUntil(log, AuditUnavailableReason.NoSegment);

            _files.IsFull = false;
            _folder.Clock.Advance(TimeSpan.FromSeconds(1));
            await TestSupport.Eventually.TrueAsync(() => log.Trouble is null, "The log did not go on.");
            log.Append(Drafts.Of(_records.Lottery(1).First()));
            taken++;
        }

        AssertWhole(taken);
    }

    /// <summary>Whatever it is that fails: the turns go on, and nobody waits for one that does not come.</summary>
    [Fact]
    public async Task Append_TurnFailsUnexpectedly_IsRefusedUntilOneSucceeds()
    {
        var taken = 0;
        await using (var log = _folder.Open(files: _files))
        {
            await log.FlushAsync(TestContext.Current.CancellationToken);
            _files.IsBroken = true;

            taken += AppendUntil(log, AuditUnavailableReason.NoSegment, AuditUnavailableReason.FlushFailed);
            _folder.Clock.Advance(TimeSpan.FromSeconds(1));
            await TestSupport.Eventually.TrueAsync(
                () => log.Trouble is { Reason: AuditUnavailableReason.FlushFailed, InnerException: InvalidOperationException }, "It is not told why.");

            _files.IsBroken = false;
            await TestSupport.Eventually.TrueAsync(
                () =>
                {
                    _folder.Clock.Advance(TimeSpan.FromSeconds(1));
                    return log.Trouble is null;
                },
                "The log did not go on.");
            Append(log);
            taken++;
        }

        AssertWhole(taken);
    }

    [Fact]
    public async Task Append_FlushFails_IsRefusedUntilOneSucceeds()
    {
        var taken = 2;
        await using (var log = _folder.Open(_folder.Options with { FlushInterval = TimeSpan.Zero }, _files))
        {
            await AppendOneAsync(log);
            _files.FlushFails = true;

            var failed = await Assert.ThrowsAsync<AuditUnavailableException>(async () => await AppendOneAsync(log));
            Assert.Equal(AuditUnavailableReason.FlushFailed, failed.Reason);
            Assert.Equal(AuditUnavailableReason.FlushFailed, Assert.Throws<AuditUnavailableException>(() => Append(log)).Reason);
            Assert.Equal(AuditUnavailableReason.FlushFailed, log.Trouble!.Reason);

            _files.FlushFails = false;
            _folder.Clock.Advance(TimeSpan.FromSeconds(1));
            await TestSupport.Eventually.TrueAsync(() => log.Trouble is null, "The log did not go on.");
            await AppendOneAsync(log);
            taken++;
        }

        AssertWhole(taken);

        Task AppendOneAsync(AuditLog log) => LogFolder.KeepAsync(log, _records.Lottery(1).First());
    }

    /// <summary>What file systems do where a page cannot be written differs: some then hold what stood there before.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Append_FlushFailsAndItsPagesAreLost_IsRefusedUntilTheNextStart(int lost)
    {
        // So few that no block ends, and no head is signed behind the test's back.
        const int kept = 10;
        _files.ForgetsWhatFails = true;
        await using (var log = _folder.Open(files: _files))
        {
            AppendMany(log, kept);
            await log.FlushAsync(TestContext.Current.CancellationToken);
            AppendMany(log, lost);
            _files.FlushFails = true;
            await Assert.ThrowsAsync<AuditUnavailableException>(() => log.FlushAsync(TestContext.Current.CancellationToken).AsTask());

            _files.FlushFails = false;
            var end = log.FlushedEnd;
            for (var turn = 0; turn < 5; turn++)
            {
                _folder.Clock.Advance(TimeSpan.FromSeconds(1));
                await Assert.ThrowsAsync<AuditUnavailableException>(() => log.FlushAsync(TestContext.Current.CancellationToken).AsTask());
            }

            Assert.Equal(AuditUnavailableReason.FlushFailed, Assert.Throws<AuditUnavailableException>(() => Append(log)).Reason);
            Assert.Contains("The disk has lost", log.Trouble!.InnerException!.Message, StringComparison.Ordinal);
            Assert.Equal(end, log.FlushedEnd);
        }

        _files.ForgetsWhatFails = false;
        await using (_folder.Open(files: _files))
        {
        }

        var verified = _folder.Verify();
        Assert.Equal(FindingKind.TornTailKept, Assert.Single(verified.Findings).Kind);
        Assert.Equal(kept + 2, verified.Records);
    }

    /// <summary>A pool whose threads all wait must not keep the next segment, or the flush, waiting too.</summary>
    [Fact]
    public async Task Flush_WhoeverAsksForIt_IsNotOnTheThreadPool()
    {
        await using var log = _folder.Open(files: _files);
        Append(log);

        await Task.Run(() => log.FlushAsync().AsTask(), TestContext.Current.CancellationToken);

        Assert.False(_files.FlushedOnThePool);
    }

    [Fact]
    public async Task Append_DiskHangs_IsShedAtTheBound()
    {
        var options = _folder.Options with { MaxUnflushedBytes = 64 << 10, SegmentBytes = 1 << 20 };
        int taken;
        await using (var log = _folder.Open(options, _files))
        {
            await log.FlushAsync(TestContext.Current.CancellationToken);
            using var held = _files.Hold();
            Append(log);
            var flush = log.FlushAsync(TestContext.Current.CancellationToken).AsTask();
            await _files.HeldAsync();
            taken = 1 + AppendUntil(log, AuditUnavailableReason.Behind);
            Assert.False(flush.IsCompleted);
            Assert.InRange(log.UnflushedBytes, options.MaxUnflushedBytes, options.MaxUnflushedBytes + 8192);
            Assert.Equal(AuditUnavailableReason.Behind, log.Trouble!.Reason);

            _files.Release();
            await flush;
            await log.FlushAsync(TestContext.Current.CancellationToken);
            Append(log);
            taken++;
        }

        AssertWhole(taken);
    }

    [Fact]
    public async Task Append_ManyTogetherAndNoRoomForAll_TellsHowManyWereTaken()
    {
        int taken;
        var records = _records.Lottery(5_000).ToArray();
        await using (var log = _folder.Open(files: _files))
        {
            taken = log.Append(new ManyDrafts(records), out var reason);

            // Segments are made by turns, between which there is none but the next.
            Assert.Equal(AuditUnavailableReason.NoSegment, reason!.Reason);
            Assert.InRange(taken, 1, records.Length - 1);
        }

        AssertWhole(taken);
    }

    [Fact]
    public async Task Open_DiskIsFull_SaysSo()
    {
        _files.IsFull = true;

        var refused = Assert.Throws<AuditUnavailableException>(() => _folder.Open(files: _files));

        Assert.Equal(AuditUnavailableReason.NoSegment, refused.Reason);
        Assert.Contains("The disk is full", refused.Message, StringComparison.Ordinal);
        _files.IsFull = false;
        await using (_folder.Open(files: _files))
        {
        }

        AssertWhole(0);
    }

    [Fact]
    public async Task Dispose_DiskFails_TheNextStartMends()
    {
        var log = _folder.Open(files: _files);
        Append(log);
        _files.FlushFails = true;
        await log.DisposeAsync();
        Assert.Equal(AuditUnavailableReason.Closed, log.Trouble!.Reason);
        Assert.NotNull(log.Trouble.InnerException);

        _files.FlushFails = false;
        await using (var again = _folder.Open(files: _files))
        {
            Assert.False(again.Start.IsNew);
            Assert.Empty(again.Start.Cut);
        }

        AssertWhole(1);
    }

    [Fact]
    public async Task Append_RealDiskIsFull_IsRefusedUntilThereIsRoom()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "tmpfs is Linux's.");
        var disk = Directory.CreateTempSubdirectory("audit-disk-").FullName;
        Assert.SkipUnless(
            Programs.Run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk) is { ExitCode: 0 }, "Mounting a tmpfs is not permitted.");
        try
        {
            using var folder = new LogFolder(disk);
            int taken;
            await using (var log = folder.Open())
            {
                taken = await FillAsync(log);
                Assert.Contains("The disk is full", log.Trouble!.Message, StringComparison.Ordinal);

                Assert.Equal(0, Programs.Run("mount", "-o", "remount,size=4m", disk).ExitCode);
                folder.Clock.Advance(TimeSpan.FromSeconds(1));
                await TestSupport.Eventually.TrueAsync(() => log.Trouble is null, "The log did not go on.");
                Append(log);
                taken++;
            }

            var verified = folder.Verify();
            Assert.Empty(verified.Findings);
            Assert.Equal(taken + 1, verified.Records);
        }
        finally
        {
            Programs.Run("umount", disk);
            Directory.Delete(disk);
        }
    }

    /// <summary>Appends until the disk is full, and leaves the log the time to make its segments.</summary>
    private async Task<int> FillAsync(AuditLog log)
    {
        for (var taken = 0; ; taken++)
        {
            try
            {
                if (taken % 100 == 0)
                {
                    await log.FlushAsync(TestContext.Current.CancellationToken);
                }

                Append(log);
            }
            catch (AuditUnavailableException refused) when (refused.Reason == AuditUnavailableReason.NoSegment)
            {
                return taken;
            }
        }
    }

    private void Append(AuditLog log) => log.Append(Drafts.Of(_records.Lottery(1).First()));

    private void AppendMany(AuditLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Append(log);
        }
    }

    private int AppendUntil(AuditLog log, params AuditUnavailableReason[] reasons)
    {
        for (var taken = 0; ; taken++)
        {
            try
            {
                Append(log);
            }
            catch (AuditUnavailableException refused)
            {
                Assert.Contains(refused.Reason, reasons);
                return taken;
            }
        }
    }

    /// <summary>Every record that was taken is there, beside those of the starts.</summary>
    private void AssertWhole(int taken)
    {
        var verified = _folder.Verify();
        Assert.Empty(verified.Findings);
        Assert.True(verified.IsClosed);
        var records = _folder.Blocks().SelectMany(block => block.Records()).Select(found => found.Record);
        Assert.Equal(taken, records.Count(record => record.Call != AuditCall.LogStarted));
    }
}
