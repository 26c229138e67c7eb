using Microsoft.Extensions.Time.Testing;

namespace Verification.Caching.Tests.Model;

/// <summary>A node's clocks beside the true time: the wall clock is stepped, the monotonic one stops while the machine sleeps.</summary>
internal sealed class SimClock(FakeTimeProvider trueTime, Action betweenInstructions) : TimeProvider
{
    public TimeSpan WallOffset { get; set; }

    public TimeSpan Slept { get; set; }

    public override long TimestampFrequency => trueTime.TimestampFrequency;

    /// <summary>Looking at the clock takes time, in which another thread may get ahead.</summary>
    public override long GetTimestamp()
    {
        betweenInstructions();
        return trueTime.GetTimestamp() - (long)(Slept.TotalSeconds * TimestampFrequency);
    }

    /// <inheritdoc cref="GetTimestamp"/>
    public override DateTimeOffset GetUtcNow()
    {
        betweenInstructions();
        return trueTime.GetUtcNow() + WallOffset;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        trueTime.CreateTimer(callback, state, dueTime, period);
}
