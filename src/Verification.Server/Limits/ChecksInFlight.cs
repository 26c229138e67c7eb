using System.Threading.RateLimiting;

namespace Verification.Server.Limits;

/// <summary>The checks whose permits are being looked up on this node. Batches may take a part of the room only, so that they are shed first.</summary>
internal sealed class ChecksInFlight : IDisposable
{
    private readonly ConcurrencyLimiter _all;
    private readonly ConcurrencyLimiter _batches;

    /// <summary>With the limits of this node.</summary>
    public ChecksInFlight(ServerLimits limits)
    {
        _all = NewLimiter(limits.ChecksInFlight);
        _batches = NewLimiter((int)(limits.ChecksInFlight * (long)limits.BatchShare / 100));
    }

    /// <summary>Room for more.</summary>
    public long Room => _all.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Takes room for one check.</summary>
    public RateLimitLease Enter() => _all.AttemptAcquire();

    /// <summary>Takes room for a batch.</summary>
    public RateLimitLease EnterBatch(int checks)
    {
        var share = _batches.AttemptAcquire(checks);
        if (!share.IsAcquired)
        {
            return share;
        }

        var room = _all.AttemptAcquire(checks);
        return new BatchLease(share, room);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        _batches.Dispose();
    }

    private static ConcurrencyLimiter NewLimiter(int checks) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = checks, QueueLimit = 0 });

    /// <summary>Room in both; held only where both had it.</summary>
    private sealed class BatchLease(RateLimitLease share, RateLimitLease room) : RateLimitLease
    {
        public override bool IsAcquired => room.IsAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                share.Dispose();
                room.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
