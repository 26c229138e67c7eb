namespace Verification.Cli.Tests.Support;

/// <summary>A clock on which every wait is over at once, by leaping to its end.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 5, 3, 16, 30, 0, TimeSpan.Zero);

    /// <summary>What was waited for.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Nothing takes long, however busy the machine is: no progress is due.</summary>
    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        _now += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
