using Verification.Caching.Coherence;

namespace Verification.Caching.Tests.Coherence;

public sealed class PollInstantTests : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _monotonic;
    private DateTimeOffset _wall = Noon;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => _monotonic.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _wall;

    /// <summary>A machine that slept, whose monotonic clock stood still; and one whose wall clock was set back.</summary>
    [Theory]
    [InlineData(5, 5, 5)]
    [InlineData(5, 3_600, 3_600)]
    [InlineData(5, -3_600, 5)]
    public void Age_ClocksThatDisagree_IsTheLonger(int monotonic, int wall, int expected)
    {
        var sent = PollInstant.Now(this);

        _monotonic += TimeSpan.FromSeconds(monotonic);
        _wall += TimeSpan.FromSeconds(wall);

        Assert.Equal(TimeSpan.FromSeconds(expected), sent.Age(this));
    }
}
