namespace Verification.Caching.Tests.Model;

/// <summary>The system's clock with the wall clock set forward or back.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void Step(TimeSpan step) => Interlocked.Add(ref _offsetTicks, step.Ticks);
}
