namespace Verification.Client.Tests;

/// <summary>A clock on which every wait is over at once, by leaping to its end. It starts with the machine's, by which gRPC counts deadlines.</summary>
internal sealed class LeapingTime : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];
    private TimeSpan _leapt;

    /// <summary>What was waited for.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_waits)
                return [.. _waits];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_waits)
            return System.GetUtcNow() + _leapt;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_waits)
        {
            _waits.Add(dueTime);
            _leapt += dueTime;
        }
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
