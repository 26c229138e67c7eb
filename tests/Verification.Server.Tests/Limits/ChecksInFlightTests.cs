using Verification.Server.Limits;

namespace Verification.Server.Tests.Limits;

public sealed class ChecksInFlightTests : IDisposable
{
    private readonly ChecksInFlight _checks = new(new ServerLimits { ChecksInFlight = 4_000, BatchShare = 50 });

    public void Dispose() => _checks.Dispose();

    [Fact]
    public void EnterBatch_BeyondTheShareOfBatches_IsShedAndSingleChecksAreNot()
    {
        using var share = _checks.EnterBatch(2_000);

        Assert.True(share.IsAcquired);
        Assert.Equal(2_000, _checks.Room);
        Assert.False(_checks.EnterBatch(1).IsAcquired);
        Assert.True(_checks.Enter().IsAcquired);
        Assert.Equal(1_999, _checks.Room);
    }

    [Fact]
    public void EnterBatch_NoRoomAtAll_IsShedAndKeepsNothing()
    {
        var all = Enumerable.Range(0, 3_000).Select(_ => _checks.Enter()).ToArray();

        using (var shed = _checks.EnterBatch(1_001))
        {
            Assert.False(shed.IsAcquired);
        }

        Assert.Equal(1_000, _checks.Room);
        Array.ForEach(all, lease => lease.Dispose());
        using var share = _checks.EnterBatch(2_000);
        Assert.True(share.IsAcquired);
    }

    [Fact]
    public void Dispose_OfALease_GivesItsRoomBackOnce()
    {
        var batch = _checks.EnterBatch(2_000);
        var one = _checks.Enter();

        batch.Dispose();
        batch.Dispose();
        one.Dispose();

        Assert.Equal(4_000, _checks.Room);
        Assert.True(_checks.EnterBatch(2_000).IsAcquired);
    }
}
