namespace Verification.Server.Limits;

/// <summary>What one consumer has used of its limits on this node. Outlives a change of the consumer's configuration.</summary>
internal sealed class ConsumerMeter
{
    private const double SecondsPerMinute = 60;

    /// <summary>Nothing used.</summary>
    public ConsumerMeter(ConsumerLimits limits, TimeProvider timeProvider)
    {
        Checks = new TokenBucket(limits.CheckBurst, limits.ChecksPerSecond, timeProvider);
        Unknown = new TokenBucket(limits.UnknownBurst, limits.UnknownPerMinute / SecondsPerMinute, timeProvider);
        Guesses = new GuessBudget(timeProvider);
        Streams = new StreamLimiter(limits.ConcurrentStreams);
    }

    /// <summary>The budget of checks.</summary>
    public TokenBucket Checks { get; }

    /// <summary>The budget of numbers that turn out unknown.</summary>
    public TokenBucket Unknown { get; }

    /// <summary>The budgets of wrong guesses.</summary>
    public GuessBudget Guesses { get; }

    /// <summary>The streams open; a lease is held as long as a stream is.</summary>
    public StreamLimiter Streams { get; }

    /// <summary>Takes over new limits; what was used stays used.</summary>
    public void Resize(ConsumerLimits limits)
    {
        Checks.Resize(limits.CheckBurst, limits.ChecksPerSecond);
        Unknown.Resize(limits.UnknownBurst, limits.UnknownPerMinute / SecondsPerMinute);
        Streams.Resize(limits.ConcurrentStreams);
    }
}
