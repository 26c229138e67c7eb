namespace Verification.Caching.Coherence;

/// <summary>An instant by this node's two clocks.</summary>
/// <param name="Timestamp">The monotonic clock, which stands still while the machine sleeps.</param>
/// <param name="Wall">The wall clock, which can be set back.</param>
internal readonly record struct PollInstant(long Timestamp, DateTimeOffset Wall)
{
    public static PollInstant Now(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>
    /// How long ago it was, by the clock that says longer. A wall clock set forward makes it too long, which only costs a refusal.
    /// </summary>
    public TimeSpan Age(TimeProvider clock)
    {
        var monotonic = clock.GetElapsedTime(Timestamp);
        var wall = clock.GetUtcNow() - Wall;
        return monotonic > wall ? monotonic : wall;
    }
}
