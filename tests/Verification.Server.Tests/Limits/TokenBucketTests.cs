using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using Verification.Server.Limits;

namespace Verification.Server.Tests.Limits;

public sealed class TokenBucketTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TokenBucket _bucket;

    public TokenBucketTests() => _bucket = new TokenBucket(1_000, 10, _clock);

    public void Dispose() => _bucket.Dispose();

    [Fact]
    public void AttemptAcquire_UntilEmpty_TellsWhenThereIsEnough()
    {
        Assert.True(_bucket.AttemptAcquire(1_000).IsAcquired);

        using var refused = _bucket.AttemptAcquire(25);

        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(2.5), retryAfter);
        _clock.Advance(retryAfter - TimeSpan.FromMilliseconds(1));
        Assert.False(_bucket.AttemptAcquire(25).IsAcquired);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_bucket.AttemptAcquire(25).IsAcquired);
    }

    [Fact]
    public void AttemptAcquire_Zero_LooksWithoutTaking()
    {
        Assert.True(_bucket.AttemptAcquire(999).IsAcquired);
        Assert.True(_bucket.AttemptAcquire(0).IsAcquired);
        Assert.True(_bucket.AttemptAcquire(1).IsAcquired);
        Assert.False(_bucket.AttemptAcquire(0).IsAcquired);
    }

    [Fact]
    public void AttemptAcquire_LongIdle_HoldsNoMoreThanItsCapacity()
    {
        _clock.Advance(TimeSpan.FromDays(365));

        Assert.Equal(1_000, _bucket.GetStatistics().CurrentAvailablePermits);
    }

    [Fact]
    public void Resize_AnotherRate_FillsAtItFromThenOn()
    {
        Assert.True(_bucket.AttemptAcquire(1_000).IsAcquired);
        _clock.Advance(TimeSpan.FromSeconds(2));

        _bucket.Resize(1_000, 100);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(20 + 300, _bucket.GetStatistics().CurrentAvailablePermits);
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(2_000, 1_100)]
    public void Resize_UsedBucket_KeepsWhatWasUsed(int capacity, int left)
    {
        Assert.True(_bucket.AttemptAcquire(900).IsAcquired);

        _bucket.Resize(capacity, 10);

        Assert.Equal(left, _bucket.GetStatistics().CurrentAvailablePermits);
    }

    [Fact]
    public void TakeUpTo_MoreThanIsLeft_TakesAllAndOwesNothing()
    {
        _bucket.TakeUpTo(400);
        Assert.Equal(600, _bucket.GetStatistics().CurrentAvailablePermits);

        _bucket.TakeUpTo(1_000);

        Assert.Equal(0, _bucket.GetStatistics().CurrentAvailablePermits);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, _bucket.GetStatistics().CurrentAvailablePermits);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _bucket.TakeUpTo(25);
        Assert.Equal(5, _bucket.GetStatistics().CurrentAvailablePermits);
    }

    [Fact]
    public async Task Acquire_NothingLeft_IsRefusedAndNeverQueued()
    {
        using var all = await _bucket.AcquireAsync(1_000);
        using var refused = await _bucket.AcquireAsync(1);

        Assert.Equal((true, false), (all.IsAcquired, refused.IsAcquired));
        Assert.Empty(all.MetadataNames);
        Assert.Equal([MetadataName.RetryAfter.Name], refused.MetadataNames);
        Assert.False(refused.TryGetMetadata("any", out _));
    }

    [Fact]
    public void AttemptAcquire_ManyAtOnce_GivesNoMoreThanItHas()
    {
        var given = 0;
        Parallel.For(0, 5_000, _ => Interlocked.Add(ref given, _bucket.AttemptAcquire(1).IsAcquired ? 1 : 0));

        Assert.Equal(1_000, given);
    }
}
