using System.Threading.RateLimiting;

namespace Verification.Server.Consumers.Limits;

/// <summary>What one consumer has used of its limits on this node. Outlives a change of the consumer's configuration.</summary>
internal sealed class ConsumerMeter
{
    private const double SecondsPerMinute = 60;

    private ConcurrencyLimiter _streams;
    private int _concurrentStreams;

    /// <summary>Nothing used.</summary>
    public ConsumerMeter(ConsumerLimits limits, TimeProvider timeProvider)
    {
        Checks = new TokenBucket(limits.CheckBurst, limits.ChecksPerSecond, timeProvider);
        Unknown = new TokenBucket(limits.UnknownBurst, limits.UnknownPerMinute / SecondsPerMinute, timeProvider);
        Guesses = new GuessBudget(timeProvider);
        _concurrentStreams = limits.ConcurrentStreams;
        _streams = NewStreams();
    }

    /// <summary>The budget of checks.</summary>
    public TokenBucket Checks { get; }

    /// <summary>The budget of numbers that turn out unknown.</summary>
    public TokenBucket Unknown { get; }

    /// <summary>The budgets of wrong guesses.</summary>
    public GuessBudget Guesses { get; }

    /// <summary>The streams open; a lease is held as long as a stream is.</summary>
    public ConcurrencyLimiter Streams => Volatile.Read(ref _streams);

    /// <summary>Takes over new limits; what was used stays used, but streams open now do not count against a new number of them.</summary>
    public void Resize(ConsumerLimits limits)
    {
        Checks.Resize(limits.CheckBurst, limits.ChecksPerSecond);
        Unknown.Resize(limits.UnknownBurst, limits.UnknownPerMinute / SecondsPerMinute);
        if (_concurrentStreams != limits.ConcurrentStreams)
        {
            _concurrentStreams = limits.ConcurrentStreams;
            Volatile.Write(ref _streams, NewStreams());
        }
    }

    private ConcurrencyLimiter NewStreams() => new(new ConcurrencyLimiterOptions { PermitLimit = _concurrentStreams, QueueLimit = 0 });
}
