using System.Threading.RateLimiting;

namespace Verification.Server.Limits;

/// <summary>
/// A token bucket on a given clock, full at first. The framework's own reads the machine's clock and cannot change its size; this
/// one is a <see cref="RateLimiter"/> like it: asking for 0 permits tells whether any is left. It never queues.
/// </summary>
/// <param name="capacity">The most permits it holds.</param>
/// <param name="perSecond">The permits added each second.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class TokenBucket(double capacity, double perSecond, TimeProvider timeProvider) : RateLimiter
{
    private static readonly RateLimitLease Granted = new BucketLease(null);

    private readonly Lock _lock = new();
    private double _capacity = capacity;
    private double _perSecond = perSecond;
    private double _permits = capacity;
    private long _filledAt = timeProvider.GetTimestamp();

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => null;

    /// <summary>Whether it holds a permit by what is known without looking at the clock; it may hold one although this says no.</summary>
    public bool HasOne => Volatile.Read(ref _permits) >= 1;

    /// <summary>Changes its size; what was used stays used.</summary>
    public void Resize(double newCapacity, double newPerSecond)
    {
        lock (_lock)
        {
            Fill();
            var used = _capacity - _permits;
            _capacity = newCapacity;
            _perSecond = newPerSecond;
            _permits = Math.Max(0, newCapacity - used);
        }
    }

    /// <summary>Takes so many permits, or all that are left.</summary>
    public void TakeUpTo(int permits)
    {
        lock (_lock)
        {
            Fill();
            _permits = Math.Max(0, _permits - permits);
        }
    }

    /// <inheritdoc/>
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Fill();
            return new RateLimiterStatistics { CurrentAvailablePermits = (long)_permits };
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        var needed = Math.Max(1, permitCount);
        lock (_lock)
        {
            Fill();
            if (_permits >= needed)
            {
                _permits -= permitCount;
                return Granted;
            }

            return new BucketLease(TimeSpan.FromSeconds((needed - _permits) / _perSecond));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private void Fill()
    {
        var now = timeProvider.GetTimestamp();
        _permits = Math.Min(_capacity, _permits + (timeProvider.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond));
        _filledAt = now;
    }

    /// <summary>Tells whether the permits were given, and if not, when they will be there.</summary>
    private sealed class BucketLease(TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
