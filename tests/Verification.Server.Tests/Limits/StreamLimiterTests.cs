using Verification.Server.Limits;

namespace Verification.Server.Tests.Limits;

public sealed class StreamLimiterTests : IDisposable
{
    private readonly StreamLimiter _limiter = new(2);

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public void AttemptAcquire_UntilItsLimit_ThenWhenOneEnds()
    {
        var one = _limiter.AttemptAcquire();
        using var other = _limiter.AttemptAcquire();
        using var refused = _limiter.AttemptAcquire();

        Assert.Equal((true, true, false), (one.IsAcquired, other.IsAcquired, refused.IsAcquired));
        Assert.Equal(0, Left());
        one.Dispose();
        one.Dispose();
        refused.Dispose();
        Assert.Equal(1, Left());
        Assert.True(_limiter.AttemptAcquire().IsAcquired);
        Assert.False(_limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public async Task Acquire_NothingLeft_IsRefusedAndNeverQueued()
    {
        using var both = _limiter.AttemptAcquire(2);
        using var refused = await _limiter.AcquireAsync();

        Assert.Equal((true, false), (both.IsAcquired, refused.IsAcquired));
        Assert.False(refused.TryGetMetadata("any", out var metadata));
        Assert.Null(metadata);
    }

    [Fact]
    public void Resize_OpenStreams_Count()
    {
        using var both = _limiter.AttemptAcquire(2);
        _limiter.Resize(1);
        Assert.Equal(0, Left());

        _limiter.Resize(3);

        Assert.Equal(1, Left());
        Assert.True(_limiter.AttemptAcquire().IsAcquired);
        Assert.False(_limiter.AttemptAcquire().IsAcquired);
    }

    private long Left() => _limiter.GetStatistics()!.CurrentAvailablePermits;
}
