using System.Threading.RateLimiting;

namespace Verification.Server.Limits;

/// <summary>
/// Bounds the streams that are open at a time. The framework's <see cref="ConcurrencyLimiter"/> cannot change its size; put in place
/// of another it would not know the streams that are open. It never queues, and a smaller limit ends nothing.
/// </summary>
/// <param name="limit">The streams at a time.</param>
internal sealed class StreamLimiter(int limit) : RateLimiter
{
    private static readonly RateLimitLease Refused = new Lease(null, 0);

    private int _limit = limit;
    private int _open;

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => null;

    /// <summary>Changes the limit; the streams open now count.</summary>
    public void Resize(int newLimit) => Volatile.Write(ref _limit, newLimit);

    /// <inheritdoc/>
    public override RateLimiterStatistics GetStatistics() =>
        new() { CurrentAvailablePermits = Math.Max(0, Volatile.Read(ref _limit) - Volatile.Read(ref _open)) };

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        if (Interlocked.Add(ref _open, permitCount) <= Volatile.Read(ref _limit))
        {
            return new Lease(this, permitCount);
        }

        Release(permitCount);
        return Refused;
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private void Release(int permitCount) => Interlocked.Add(ref _open, -permitCount);

    /// <summary>Streams that are open until it is disposed; or that none was opened.</summary>
    private sealed class Lease(StreamLimiter? limiter, int permitCount) : RateLimitLease
    {
        private StreamLimiter? _limiter = limiter;

        public override bool IsAcquired { get; } = limiter is not null;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Exchange(ref _limiter, null)?.Release(permitCount);
            base.Dispose(disposing);
        }
    }
}
